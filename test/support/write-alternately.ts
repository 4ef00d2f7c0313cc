/**
 * A program that writes an output folder, for tests that run several at once or kill it: `OUT TIMES STATE…` makes the
 * folder hold each of the states in turn, so many times over all. It says `ready` before it starts.
 */
import { writeOutput } from '../../scripts/generate/write-output.js';
import { changesTo } from './output-states.js';

const [out = '', times = '', ...states] = process.argv.slice(2);
process.stdout.write('ready\n');
for (let turn = 0; turn < Number(times); turn += 1) {
  const state = states[turn % states.length] ?? '';
  await writeOutput(out, () => changesTo(state), process.cwd());
}
