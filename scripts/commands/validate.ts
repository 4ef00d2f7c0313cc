import { resolve } from 'node:path';
import type { Config } from '../config/config.js';
import { headerMap } from '../generate/runtime/check.js';
import { HEADER_NAME } from '../generate/runtime/credentials.js';
import type { CheckProblem } from '../generate/runtime/module.js';
import { createJudge } from '../judge/judge.js';
import { undocumentedMembers } from '../judge/undocumented.js';
import { readAndLint } from '../lint/lint.js';
import { CannotRun, hasErrors, type Location, type Problem, problem } from '../problems/problem.js';
import { closestName } from '../spec/closest-name.js';
import { findSpec } from '../spec/find-specs.js';
import { type JsonFault, parseJson } from '../spec/parse-json.js';
import { type Json, Positions } from '../spec/positions.js';
import { decodeText, readText } from '../spec/read-file.js';
import type { SpecDocument } from '../spec/read-spec.js';
import { SourceText } from '../spec/source-text.js';
import { type Io, type Reporting, report } from './io.js';

export interface ValidateOptions extends Reporting {
  /** Judge by this message, by its name. */
  readonly message: string | undefined;
  /** Lines `Name: value`; headers are not judged where there is none. */
  readonly headers: readonly string[];
  /** Report members that the document does not know. */
  readonly strict: boolean;
}

const BODY_LIMIT = 100_000_000;

/** Judges one delivery, the body of a file or of standard input; returns the exit code. */
export async function validateCommand(
  io: Io,
  config: Config,
  spec: string,
  file: string,
  options: ValidateOptions,
): Promise<number> {
  const { spec: read, problems } = readAndLint(findSpec(spec, io.cwd), config, io.cwd);
  const headers = readHeaders(options.headers);
  const body =
    file === '-'
      ? decodeText('standard input', await io.stdin())
      : readText(file, resolve(io.cwd, file), BODY_LIMIT);
  // The delivery is judged, not the document: its warnings are lint's business.
  if (read === undefined)
    return report(
      io,
      options,
      problems.filter(({ severity }) => severity === 'error'),
    );
  if (options.message !== undefined) checkMessageName(read, options.message);
  if (body.source === undefined) return report(io, options, body.problems);

  const verdict = judge(read, body.source, headers, options);
  return report(io, options, verdict.problems, {
    result: hasErrors(verdict.problems)
      ? {}
      : { provider: read.spec.name, message: verdict.message },
    checked: hasErrors(verdict.problems) ? [] : [body.source.file],
    summary: verdict.message === undefined ? '' : `${read.spec.name} ${verdict.message}: valid`,
  });
}

interface Headers {
  readonly source: SourceText;
  readonly map: Readonly<Record<string, string>>;
  /** The offset of each header's line, by its name in lower case. */
  readonly offsets: ReadonlyMap<string, number>;
}

function judge(
  read: SpecDocument,
  source: SourceText,
  headers: Headers | undefined,
  { message, strict }: ValidateOptions,
): { message?: string; problems: Problem[] } {
  const positions = new Positions();
  const { value, fault } = parseJson(source, positions);
  if (fault !== undefined) return { problems: [bodyProblem(fault, source)] };
  const inBody = (pointer: string, part: 'key' | 'value' = 'value') =>
    positions.ofPointer(value, pointer, part) ?? source.locate(firstCharacter(source), pointer);
  const result = createJudge(read).check(value, headers?.map, message);
  if (!result.ok) {
    return { problems: result.problems.map((found) => deliveryProblem(found, inBody, headers)) };
  }
  const problems = strict ? undocumented(read, result.message, value, inBody) : [];
  return problems.length > 0 ? { problems } : { message: result.message, problems };
}

function bodyProblem({ kind, reason, offset }: JsonFault, source: SourceText): Problem {
  return problem(
    kind === 'syntax' ? 'payload.not-json' : 'payload.refused',
    { reason },
    source.locate(offset),
  );
}

function deliveryProblem(
  { code, in: part, path, text, expected, found, message }: CheckProblem,
  inBody: (pointer: string) => Location,
  headers: Headers | undefined,
): Problem {
  const words = {
    text: message === undefined ? text : `${text.replace(/\.$/, '')} (${message}).`,
    ...(expected === undefined ? {} : { expected }),
    ...(found === undefined ? {} : { found }),
  };
  if (part === 'headers') {
    const offset = headers?.offsets.get(path.slice(1).toLowerCase()) ?? 0;
    return problem(
      code,
      words,
      (headers?.source ?? new SourceText('headers', '')).locate(offset, path),
    );
  }
  return problem(code, words, inBody(path));
}

function undocumented(
  { spec, document }: SpecDocument,
  name: string,
  value: Json,
  inBody: (pointer: string, part: 'key') => Location,
): Problem[] {
  const message = spec.messages.find((one) => one.name === name);
  return undocumentedMembers(document, message?.payload?.json, value).map((pointer) =>
    problem(
      'payload.undocumented',
      { name: pointer.split('/').at(-1) ?? '' },
      inBody(pointer, 'key'),
    ),
  );
}

function checkMessageName({ spec }: SpecDocument, name: string): void {
  const names = spec.messages.map((message) => message.name);
  if (names.includes(name)) return;
  const suggestion = closestName(name, names);
  const hint =
    suggestion === undefined ? `it has ${names.join(', ')}` : `did you mean ${suggestion}?`;
  throw new CannotRun(`--message ${name}: ${spec.file} has no such message (${hint})`);
}

function readHeaders(lines: readonly string[]): Headers | undefined {
  if (lines.length === 0) return undefined;
  const pairs: [string, string][] = [];
  const offsets = new Map<string, number>();
  let offset = 0;
  for (const line of lines) {
    const [, name = '', value = ''] = /^([^:]*?)[ \t]*:([^\r\n\0]*)$/.exec(line) ?? [];
    if (!HEADER_NAME.test(name)) {
      throw new CannotRun(`--header ${line}: is not of the form 'Name: value'`);
    }
    pairs.push([name, value.trim()]);
    const key = name.toLowerCase();
    if (!offsets.has(key)) offsets.set(key, offset);
    offset += line.length + 1;
  }
  const source = new SourceText('headers', lines.join('\n'));
  return { source, map: headerMap(pairs), offsets };
}

function firstCharacter({ text }: SourceText): number {
  return Math.max(0, text.search(/\S/));
}
