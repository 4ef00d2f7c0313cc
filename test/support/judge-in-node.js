// @ts-check
/**
 * Judges deliveries by a generated module, in plain Node: `node judge-in-node.js MODULE DELIVERIES`. Prints the
 * verdicts as JSON; ends with an error where a value that no JSON holds makes a judge throw.
 */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [module = '', deliveries = ''] = process.argv.slice(2);
const { check, messages, ...others } = await import(pathToFileURL(module).href);
const guards = Object.entries(others).flatMap(([name, guard]) =>
  /^is[\p{Lu}\p{Lo}_]/u.test(name) ? [guard] : [],
);
if (messages.length !== guards.length) throw new Error('a message has no guard');

const verdicts = JSON.parse(readFileSync(deliveries, 'utf8')).map(
  (/** @type {{ payload: unknown, headers?: object }} */ { payload, headers }) => {
    const { ok, message, problems } = check(payload, headers);
    return ok ? { ok, message } : { ok, code: problems[0].code, path: problems[0].path };
  },
);

/** @type {unknown[]} */
const cyclic = [];
cyclic.push(cyclic, cyclic);
/** @type {Record<string, unknown>} */
const knot = { kind: 'tree', label: '' };
Object.assign(knot, { branches: [knot, knot], owner: { favourite: knot }, value: cyclic });
/** @type {unknown} */
let deep = null;
for (let level = 0; level < 20_000; level += 1) deep = [deep];
const throwing = new Proxy(
  {},
  {
    getOwnPropertyDescriptor() {
      throw new Error('a trap was sprung');
    },
  },
);
for (const value of [cyclic, knot, deep, throwing, { kind: 'tree', branches: deep }, 1n, check]) {
  for (const judge of [check, ...guards]) judge(value, {});
}
process.stdout.write(JSON.stringify(verdicts));
