import { headerMap, headersOf, headersProblem, payloadProblem } from '../generate/runtime/check.js';
import { HEADER_NAME } from '../generate/runtime/credentials.js';
import { namedHeaders } from '../judge/header-names.js';
import type { Judge } from '../judge/judge.js';
import { overlaps, selectionOf } from '../judge/selection.js';
import { objectShapeOf, shapeOf } from '../judge/shape.js';
import { type Problem, problem } from '../problems/problem.js';
import { placeOfName } from '../spec/build-spec.js';
import { joinPointer } from '../spec/json-pointer.js';
import type { Example, Json, Message } from '../spec/model.js';
import { isObject } from '../spec/positions.js';
import type { SpecDocument } from '../spec/read-spec.js';
import { hasOddCharacters } from './vocabulary.js';

/** Checks the names of messages, channels, schemas and headers: they become code, files and HTTP. */
export function checkNames({ spec, document, locate }: SpecDocument): Problem[] {
  const channels = new Set(spec.messages.flatMap((message) => message.channels));
  const problems: Problem[] = [];
  for (const { name, pointer, headers } of spec.messages) {
    if (hasOddCharacters(name)) {
      problems.push(problem('name.characters', { name }, placeOfName(document, pointer, locate)));
    }
    for (const header of namedHeaders(document, headers)) {
      if (HEADER_NAME.test(header.name)) continue;
      problems.push(problem('name.header', { name: header.name }, locate(header.pointer, 'key')));
    }
  }
  for (const name of channels) {
    if (hasOddCharacters(name)) {
      problems.push(
        problem('name.characters', { name }, locate(joinPointer('/channels', name), 'key')),
      );
    }
  }
  for (const { name, pointer } of spec.schemas) {
    if (name !== undefined && hasOddCharacters(name)) {
      problems.push(problem('name.characters', { name }, locate(pointer, 'key')));
    }
  }
  return problems;
}

/** Checks every message's examples: against its payload and headers, and that they are taken for this message. */
export function checkExamples({ spec, locate }: SpecDocument, judge: Judge): Problem[] {
  return spec.messages.flatMap((message, index) =>
    message.examples.flatMap((example) => {
      const checked = judge.messages[index];
      if (checked === undefined) return [];
      const broken = (part: 'payload' | 'headers', path: string, reason: string) =>
        problem(
          'message.example.invalid',
          { part, reason },
          locate(`${joinPointer(example.pointer, part)}${path}`),
        );
      const problems: Problem[] = [];
      const { payload, headers } = example;
      const bad = payload === undefined ? undefined : payloadProblem(checked, payload);
      if (bad !== undefined) problems.push(broken('payload', bad.path, reasonOf(bad)));
      const given = isObject(headers) ? headersOf(checked, headerMap(headers)) : undefined;
      const badHeaders = given === undefined ? undefined : headersProblem(checked, given);
      if (badHeaders !== undefined)
        problems.push(broken('headers', badHeaders.path, reasonOf(badHeaders)));
      return problems.length > 0 ? problems : checkChoice(message, example, judge, locate);
    }),
  );
}

function checkChoice(
  { name }: Message,
  example: Example,
  judge: Judge,
  locate: SpecDocument['locate'],
): Problem[] {
  if (example.payload === undefined) return [];
  const headers = isObject(example.headers) ? example.headers : undefined;
  const result = judge.check(example.payload, headers);
  if (result.ok && result.message === name) return [];
  const found = result.ok ? result.message : (result.problems[0]?.text ?? 'no message');
  return [
    problem(
      'message.example.mistaken',
      { name, found },
      locate(joinPointer(example.pointer, 'payload')),
    ),
  ];
}

/** Puts a verdict into one clause: what is wrong, what was expected and what was found. */
export function reasonOf({
  text,
  expected,
  found,
}: {
  text: string;
  expected?: string;
  found?: string;
}): string {
  const clause = text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, '');
  const wanted = expected === undefined ? '' : `, expected ${expected}`;
  return `${clause}${wanted}${found === undefined ? '' : `, found ${found}`}`;
}

/** Finds messages that no delivery can be, and messages that nothing tells apart. */
export function checkChoices({ spec, document, locate }: SpecDocument): Problem[] {
  const unreachable = new Map<number, string>();
  for (const [index, { payload, headers }] of spec.messages.entries()) {
    if (shapeOf(document, payload?.json).never)
      unreachable.set(index, 'no payload fits its schema');
    else if (headers !== undefined && objectShapeOf(document, headers.json).never)
      unreachable.set(index, 'no headers fit their schema');
  }
  const pairs: [Message, Message][] = [];
  for (const group of overlaps(selectionOf(spec, document))) {
    for (const [position, index] of group.entries()) {
      const message = spec.messages[index];
      const first = group
        .slice(0, position)
        .find((other) => accepts(spec.messages[other], message));
      const shadow = first === undefined ? undefined : spec.messages[first];
      if (shadow !== undefined)
        unreachable.set(index, `${JSON.stringify(shadow.name)} accepts all that it accepts`);
      const next = spec.messages[group[position + 1] ?? -1];
      if (message !== undefined && next !== undefined) pairs.push([message, next]);
    }
  }
  const unique = new Map(pairs.map((pair) => [pair.map(({ name }) => name).join('\n'), pair]));
  return [
    ...[...unreachable].flatMap(([index, reason]) => {
      const message = spec.messages[index];
      if (message === undefined) return [];
      return [
        problem(
          'message.unreachable',
          { name: message.name, reason },
          locate(message.pointer, 'key'),
        ),
      ];
    }),
    ...[...unique.values()]
      .filter(([, other]) => !unreachable.has(spec.messages.indexOf(other)))
      .map(([one, other]) =>
        problem(
          'message.overlap',
          { one: one.name, other: other.name },
          locate(other.pointer, 'key'),
          locate(one.pointer, 'key'),
        ),
      ),
  ];
}

/** Tells whether one message surely accepts whatever another does: it has the same schemas, or none. */
function accepts(one: Message | undefined, other: Message | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  const covers = (mine: Json | undefined, theirs: Json | undefined) =>
    mine === undefined || mine === true || JSON.stringify(mine) === JSON.stringify(theirs);
  return (
    covers(one.payload?.json, other.payload?.json) && covers(one.headers?.json, other.headers?.json)
  );
}

/** Reports messages without a source. */
export function checkMessageSources({ spec, locate }: SpecDocument): Problem[] {
  return spec.messages
    .filter(({ sources }) => sources.length === 0)
    .map(({ name, pointer }) =>
      problem('message.source.missing', { name }, locate(pointer, 'key')),
    );
}
