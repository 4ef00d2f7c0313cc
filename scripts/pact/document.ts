import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Guarantee } from '../contract/guarantee.js';
import { securityOf } from '../generate/emit-index.js';
import { judgeOf } from '../generate/runtime/check.js';
import { createReceiver, type Statuses } from '../generate/runtime/receive.js';
import { createSign } from '../generate/runtime/sign.js';
import { statusesOf } from '../generate/statuses.js';
import { definitionsOf } from '../judge/definitions.js';
import { createJudge, type Judge } from '../judge/judge.js';
import { selectionOf } from '../judge/selection.js';
import { CannotRun, hasErrors } from '../problems/problem.js';
import { closestName } from '../spec/closest-name.js';
import { isJson } from '../spec/content-type.js';
import { findSpec } from '../spec/find-specs.js';
import type { Message, Operation } from '../spec/model.js';
import { readSpec, type SpecDocument } from '../spec/read-spec.js';
import type { Interaction } from './interaction.js';

/** A document that was read and compiled: what the generated module does, from memory. */
export interface PactDocument extends SpecDocument {
  readonly judge: Judge;
  readonly guarantee: Guarantee;
  readonly statuses: Statuses;
  readonly receiver: (
    options: Readonly<Record<string, unknown>>,
  ) => (request: {
    readonly headers: Readonly<Record<string, string | string[] | undefined>>;
    readonly body: Uint8Array;
  }) => Promise<Received>;
  readonly sign: ReturnType<typeof createSign>;
}

/** What a receiver says of a request. */
export interface Received {
  readonly kind: 'message' | 'unknown' | 'refused';
  readonly status: number;
  readonly message?: string;
  readonly payload?: unknown;
  readonly problems?: readonly {
    readonly in: string;
    readonly path: string;
    readonly text: string;
    readonly expected?: string;
    readonly found?: string;
  }[];
}

const opened = new Map<string, { readonly stamp: string; readonly document: PactDocument }>();

/**
 * Opens the document of a pact, by its file or its provider's name; read and compiled once, as long as it stays the
 * same. Throws `CannotRun` where there is none, or it has errors.
 */
export function openDocument(spec: string, cwd: string): PactDocument {
  const file = findSpec(spec, cwd);
  const path = resolve(cwd, file);
  const stats = statSync(path, { throwIfNoEntry: false });
  const stamp = `${stats?.mtimeMs} ${stats?.size}`;
  const known = opened.get(path);
  if (known?.stamp === stamp) return known.document;
  const document = compile(file, cwd);
  opened.set(path, { stamp, document });
  return document;
}

function compile(file: string, cwd: string): PactDocument {
  const { spec: read, problems } = readSpec(file, { cwd });
  if (read === undefined || hasErrors(problems)) {
    const lines = problems.map(({ text, locations: [place] }) =>
      place === undefined ? text : `${place.file}:${place.line}:${place.column}: ${text}`,
    );
    throw new CannotRun(`${file}: the document has errors\n${lines.join('\n')}`);
  }
  const { spec, document } = read;
  const judge = createJudge(read);
  const statuses = statusesOf(spec.delivery);
  const { isDeep } = definitionsOf(spec);
  const deliveries = judgeOf(judge.messages, selectionOf(spec, document), { isDeep });
  const receiver = createReceiver(deliveries, { ...securityOf(spec), statuses });
  return {
    ...read,
    judge,
    guarantee: new Guarantee(read),
    statuses,
    receiver: receiver as PactDocument['receiver'],
    sign: createSign(spec.credentials),
  };
}

/** Finds a message by its name; throws a TypeError where the document has none of it. */
export function messageOf({ spec }: SpecDocument, name: string): Message {
  const names = spec.messages.map((message) => message.name);
  const found = spec.messages.find((message) => message.name === name);
  if (found !== undefined) return found;
  const suggestion = closestName(String(name), names);
  const hint =
    suggestion === undefined ? `it has ${names.join(', ')}` : `did you mean ${suggestion}?`;
  throw new TypeError(`${spec.file} has no message ${JSON.stringify(name)} (${hint})`);
}

/** Finds the message of an interaction: the one that it names, or the only one of its operation. */
export function messageOfInteraction(
  { spec }: SpecDocument,
  { message, operation }: Interaction,
): Message | undefined {
  const names = spec.operations.find(({ id }) => id === operation)?.messages ?? [];
  const name = message ?? (names.length === 1 ? names[0] : undefined);
  return spec.messages.find((one) => one.name === name);
}

/** Finds the operation of a message: the one of this id, or the only one; throws a TypeError where there is none such. */
export function operationOf({ spec }: SpecDocument, message: string, id?: string): Operation {
  const having = spec.operations.filter(({ messages }) => messages.includes(message));
  const ids = having.map((operation) => operation.id);
  const found = having.filter((operation) => id === undefined || operation.id === id);
  const [operation, ...others] = found;
  if (operation !== undefined && others.length === 0) return operation;
  if (ids.length === 0) throw new TypeError(`${spec.file} has no operation with ${message}`);
  throw new TypeError(
    id === undefined
      ? `${message} is sent by several operations, name one: ${ids.join(', ')}`
      : `no operation ${JSON.stringify(id)} has ${message}: ${ids.join(', ')} does`,
  );
}

/** Returns the content type of a message; throws a TypeError where that is no JSON. */
export function jsonTypeOf({ name, contentType = 'application/json' }: Message): string {
  if (isJson(contentType)) return contentType;
  throw new TypeError(`${name} is ${contentType}: only JSON is supported`);
}
