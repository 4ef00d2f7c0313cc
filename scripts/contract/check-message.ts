import { type Problem, problem } from '../problems/problem.js';
import { joinPointer } from '../spec/json-pointer.js';
import type { Json } from '../spec/model.js';
import { isObject } from '../spec/positions.js';
import { checkContents } from './check-contents.js';
import { checkContentType } from './content-type.js';
import type { Expected } from './contradictions.js';
import { credentialHeaders } from './credential-forms.js';
import type { Finding } from './finding.js';
import type { Guarantee, Part } from './guarantee.js';
import { expectedHeaders } from './headers.js';
import type { Linked } from './link.js';
import type { MessageInteraction, Pact } from './pact.js';
import { RuleIndex } from './rule-index.js';
import { unusedRules } from './rule-problems.js';

/** The other interactions of the same consumer and producer about the same message. */
type Others = () => readonly MessageInteraction[];

/** Judges a message that a consumer expects. */
export function checkMessage(
  pact: Pact,
  interaction: MessageInteraction,
  linked: Linked,
  others: Others,
  guarantee: Guarantee,
): Problem[] {
  const { contents, metadataContentType, pointer } = interaction;
  const inContents = pact.locate(`${pointer}/contents`);
  const inMessage = linked.read.locate(linked.message.pointer);
  const types = new Set([contents.contentType, metadataContentType]);
  return [
    ...[...types].flatMap((type) =>
      checkContentType(type, linked.message.contentType, inContents, inMessage),
    ),
    ...checkPayload(pact, interaction, linked, others, guarantee),
    ...checkMetadata(pact, interaction, linked, others, guarantee),
  ];
}

/** A message without a schema of its payload has one of any kind. */
function checkPayload(
  { locate }: Pact,
  { contents, contentRules, metadata, pointer }: MessageInteraction,
  { read, message }: Linked,
  others: Others,
  guarantee: Guarantee,
): Problem[] {
  const places = [locate(`${pointer}/contents`), read.locate(message.pointer)];
  const { value, fault: reason } = contents;
  if (reason !== undefined) return [problem('pact.contents.invalid', { reason }, ...places)];
  if (isNothing(value)) {
    const isAboutMetadata = message.payload === undefined && Object.keys(metadata).length > 0;
    return isAboutMetadata
      ? unusedRules(contentRules, locate)
      : [problem('pact.contents.empty', {}, ...places)];
  }
  const { json: schema, pointer: at } = message.payload ?? { json: true, pointer: message.pointer };
  const rules = new RuleIndex(contentRules);
  const findings = checkContents(guarantee, [{ schema, pointer: at }], { value, rules }, () =>
    others().flatMap((other) => expectedContents(other) ?? []),
  );
  const placeOf = ({ path }: Finding) =>
    contents.isPlain ? joinPointer(contents.pointer, ...path) : contents.pointer;
  return [
    ...findings.map((finding) => reported(finding, placeOf(finding), locate, read.locate)),
    ...unusedRules(rules.unused(value), locate),
  ];
}

function checkMetadata(
  { locate }: Pact,
  { metadata, metadataRules, pointer }: MessageInteraction,
  { read, message }: Linked,
  others: Others,
  guarantee: Guarantee,
): Problem[] {
  const credentials = credentialHeaders(read.spec, message);
  const headersIn = (held: MessageInteraction['metadata'], rules: typeof metadataRules) =>
    expectedHeaders(read, message, held, rules, credentials);
  const { expected, keys } = headersIn(metadata, metadataRules);
  const { json: schema, pointer: at } = message.headers ?? {
    json: NO_HEADERS,
    pointer: message.pointer,
  };
  const parts: Part[] = [{ schema, pointer: at }];
  const beside = () => others().map((one) => headersIn(one.metadata, one.metadataRules).expected);
  const findings = checkContents(guarantee, parts, expected, beside, 'header');
  const placeOf = ({ path: [name, ...rest] }: Finding) =>
    joinPointer(
      `${pointer}/metadata`,
      ...(name === undefined ? [] : [keys.get(String(name)) ?? name]),
      ...rest,
    );
  return [
    ...findings.map((finding) => reported(finding, placeOf(finding), locate, read.locate)),
    ...unusedRules(expected.rules.unused(expected.value), locate),
  ];
}

/** A message without a schema of its headers knows none. */
const NO_HEADERS: Json = { type: 'object', properties: {} };

/** Places a finding at its rule, or at a pointer in the pact, and at what it is about in the document. */
function reported(
  { code, details, rule, pointer }: Finding,
  place: string,
  inPact: Pact['locate'],
  inDocument: Pact['locate'],
): Problem {
  const places = pointer === undefined ? [] : [inDocument(pointer)];
  return problem(code, details, inPact(rule?.pointer ?? place), ...places);
}

const expectations = new WeakMap<MessageInteraction, Expected>();

/** Reads what an interaction expects of the payload, once for all others that look for a counterpart. */
function expectedContents(interaction: MessageInteraction): Expected | undefined {
  const { contents, contentRules } = interaction;
  if (contents.value === undefined) return undefined;
  const expected = expectations.get(interaction) ?? {
    value: contents.value,
    rules: new RuleIndex(contentRules),
  };
  expectations.set(interaction, expected);
  return expected;
}

function isNothing(value: Json | undefined): value is undefined {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    (isObject(value) && Object.keys(value).length === 0)
  );
}
