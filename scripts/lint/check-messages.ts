import { headerMap, headersOf, headersProblem, payloadProblem } from '../generate/runtime/check.js';
import { HEADER_NAME } from '../generate/runtime/credentials.js';
import { namedHeaders } from '../judge/header-names.js';
import type { Judge } from '../judge/judge.js';
import { overlapsOf } from '../judge/selection.js';
import { isOfNoObject, shapeOf } from '../judge/shape.js';
import { type Problem, problem } from '../problems/problem.js';
import { placeOfName } from '../spec/build-spec.js';
import { joinPointer } from '../spec/json-pointer.js';
import type { Example, Json, JsonObject, Message } from '../spec/model.js';
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
  const { messages } = spec;
  const unreachable = new Map([...shadowed(messages), ...impossible(messages, document)]);
  return [
    ...messages.flatMap(({ name, pointer }, index) => {
      const reason = unreachable.get(index);
      if (reason === undefined) return [];
      return [problem('message.unreachable', { name, reason }, locate(pointer, 'key'))];
    }),
    ...overlapsOf(spec, document).flatMap((pair) => {
      const [one, other] = pair.map((index) => messages[index]);
      if (one === undefined || other === undefined || unreachable.has(pair[1])) return [];
      return [
        problem(
          'message.overlap',
          { one: one.name, other: other.name },
          locate(other.pointer, 'key'),
          locate(one.pointer, 'key'),
        ),
      ];
    }),
  ];
}

/** Finds the messages, by their indexes, that no payload or no headers fit. */
function impossible(messages: readonly Message[], document: JsonObject): [number, string][] {
  return messages.flatMap(({ payload, headers }, index): [number, string][] => {
    if (shapeOf(document, payload?.json).never) return [[index, 'no payload fits its schema']];
    return headers !== undefined && isOfNoObject(shapeOf(document, headers.json))
      ? [[index, 'no headers fit their schema']]
      : [];
  });
}

/**
 * Finds the messages, by their indexes, of which an earlier one surely accepts whatever they do: it has the same schemas,
 * or none.
 */
function shadowed(messages: readonly Message[]): [number, string][] {
  const numberOf = numbering();
  const first = new Map<string, number>();
  return messages.flatMap(({ payload, headers }, index): [number, string][] => {
    const mine = [payload, headers].map((schema) => numberOf(schema?.json ?? true));
    const [payloads, others] = mine.map((number) => [number, numberOf(true)]);
    const wider = payloads?.flatMap((one) => others?.map((other) => `${one} ${other}`) ?? []) ?? [];
    const before = wider.flatMap((key) => first.get(key) ?? []);
    const key = mine.join(' ');
    if (!first.has(key)) first.set(key, index);
    const name = messages[Math.min(...before)]?.name;
    return name === undefined
      ? []
      : [[index, `${JSON.stringify(name)} accepts all that it accepts`]];
  });
}

/** Numbers schemas: the same ones have the same number. */
function numbering(): (schema: Json) => number {
  const numbers = new Map<Json, number>();
  return (schema) => {
    const known = numbers.get(schema);
    if (known !== undefined) return known;
    const text = JSON.stringify(schema);
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    numbers.set(schema, number);
    return number;
  };
}

/** Reports messages without a source. */
export function checkMessageSources({ spec, locate }: SpecDocument): Problem[] {
  return spec.messages
    .filter(({ sources }) => sources.length === 0)
    .map(({ name, pointer }) =>
      problem('message.source.missing', { name }, locate(pointer, 'key')),
    );
}
