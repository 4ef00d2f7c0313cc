import { type Problem, problem } from '../problems/problem.js';
import { closestName } from '../spec/closest-name.js';
import type { Message, Operation } from '../spec/model.js';
import { isObject } from '../spec/positions.js';
import type { SpecDocument } from '../spec/read-spec.js';
import type { Guarantee } from './guarantee.js';
import type { Interaction, Pact } from './pact.js';
import { Possibility } from './possible.js';
import { RuleIndex } from './rule-index.js';

/** The message that an interaction is about. */
export interface Linked {
  readonly read: SpecDocument;
  readonly operation: Operation;
  readonly message: Message;
}

/**
 * Finds the document, operation and message that an interaction is about by `comments.references.AsyncAPI`, as PactFlow
 * has it: `operationId`, and `messageId` where the operation has several messages that the contents could be.
 */
export function link(
  { locate }: Pact,
  interaction: Interaction,
  specs: readonly SpecDocument[],
  guaranteeOf: (read: SpecDocument) => Guarantee,
): { linked: Linked; problem?: undefined } | { linked?: undefined; problem: Problem } {
  const { operationId, messageId, pointer } = interaction;
  const place = locate(pointer);
  const referred = locate(`${pointer}/comments/references/AsyncAPI`);
  if (operationId === undefined) return { problem: problem('pact.unlinked', {}, place) };
  const found = specs.flatMap((read) =>
    read.spec.operations
      .filter(({ id }) => id === operationId)
      .map((operation) => ({ read, operation })),
  );
  const [first, second] = found;
  if (first === undefined) {
    const known = specs.flatMap(({ spec }) => spec.operations.map(({ id }) => id));
    const isChannel = specs.some(({ document }) => hasChannel(document, operationId));
    const details = { operation: operationId, ...suggested(operationId, known), isChannel };
    return { problem: problem('pact.operation.unknown', details, referred) };
  }
  const places = found.map(({ read, operation }) => read.locate(operation.pointer, 'key'));
  if (second !== undefined) {
    const files = found.map(({ read }) => read.spec.file);
    const details = { operation: operationId, files };
    return { problem: problem('pact.operation.ambiguous', details, referred, ...places) };
  }
  const { read, operation } = first;
  if (messageId !== undefined) {
    const message = messageOf(read, operation, messageId);
    if (message !== undefined) return { linked: { ...first, message } };
    const details = {
      message: messageId,
      operation: operationId,
      ...suggested(messageId, operation.messages),
    };
    return { problem: problem('pact.message.unknown', details, referred, ...places) };
  }
  const candidates = operation.messages.flatMap((name) => messageOf(read, operation, name) ?? []);
  const meant =
    candidates.length === 1
      ? candidates
      : candidates.filter((message) => canBe(interaction, message, guaranteeOf(read)));
  const [only, another] = meant;
  if (only !== undefined && another === undefined) return { linked: { ...first, message: only } };
  const fits = meant.length > 0;
  const messages = (fits ? meant : candidates).map(({ name }) => name);
  const details = { operation: operationId, messages, fits };
  return { problem: problem('pact.message.missing', details, place, ...places) };
}

function hasChannel({ channels }: SpecDocument['document'], key: string): boolean {
  return isObject(channels) && Object.hasOwn(channels, key);
}

/** Returns the names that there are, and the one that is most likely meant. */
function suggested(
  name: string,
  known: readonly string[],
): { known: readonly string[]; suggestion?: string } {
  const suggestion = closestName(name, known);
  return { known, ...(suggestion === undefined ? {} : { suggestion }) };
}

function messageOf(
  { spec }: SpecDocument,
  { messages }: Operation,
  name: string,
): Message | undefined {
  return messages.includes(name) ? spec.messages.find((one) => one.name === name) : undefined;
}

/** Tells whether the values without rules in an interaction's contents fit a message. */
function canBe(interaction: Interaction, { payload }: Message, guarantee: Guarantee): boolean {
  const isMessage = interaction.kind === 'message';
  const { value } = isMessage ? interaction.contents : interaction.body;
  const rules = new RuleIndex(isMessage ? interaction.contentRules : interaction.rules.body);
  if (value === undefined || payload === undefined) return true;
  const { json: schema, pointer } = payload;
  const possibility = new Possibility(guarantee, rules, 'values without rules');
  return possibility.fault([{ schema, pointer }], value, []) === undefined;
}
