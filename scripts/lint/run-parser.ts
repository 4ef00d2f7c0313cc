import { spawn } from 'node:child_process';
import { ownFile } from '../own-files.js';
import { type Problem, problem } from '../problems/problem.js';
import { joinPointer } from '../spec/json-pointer.js';
import type { SpecDocument } from '../spec/read-spec.js';
import type { Diagnostic } from './parser-child.js';

const SECONDS = 30;
const MEGABYTES = 512;

/**
 * Asks `@asyncapi/parser` with its full rule set for its opinion of a document, in a process of its own with
 * 512 MB, 30 seconds and an empty environment.
 */
export async function runParser({ document, locate }: SpecDocument): Promise<Problem[]> {
  const child = ownFile('lint/parser-child.js');
  const { output, code } = await runChild(child, JSON.stringify(document));
  if (code !== 0) {
    const text = `it did not finish within ${SECONDS} s and ${MEGABYTES} MB`;
    return [problem('parser.error', { rule: 'no verdict', text }, locate(''))];
  }
  return (JSON.parse(output) as Diagnostic[]).map(({ isError, rule, text, path }) =>
    problem(
      isError ? 'parser.error' : 'parser.warning',
      { rule, text: withoutStack(text) },
      locate(joinPointer('', ...path)),
    ),
  );
}

/** What the parser throws it reports with its stack, which is of no use to the document's author. */
function withoutStack(text: string): string {
  return (text.split('\n')[0] ?? '').replace(/, stack:.*$/, '');
}

function runChild(script: string, input: string): Promise<{ output: string; code: number | null }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [`--max-old-space-size=${MEGABYTES}`, script], {
      env: {},
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: SECONDS * 1000,
      killSignal: 'SIGKILL',
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ output: Buffer.concat(chunks).toString('utf8'), code }));
    // A child that dies early closes its end; its exit code tells.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}
