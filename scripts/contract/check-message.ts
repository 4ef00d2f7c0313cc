import type { KnownHeader } from '../generate/runtime/check.js';
import { headerNames } from '../judge/header-names.js';
import { type Problem, problem } from '../problems/problem.js';
import { joinPointer } from '../spec/json-pointer.js';
import type { Json, JsonObject } from '../spec/model.js';
import { isObject } from '../spec/positions.js';
import { checkContents } from './check-contents.js';
import { checkGenerators } from './check-generators.js';
import { checkContentType } from './content-type.js';
import type { Expected } from './contradictions.js';
import { credentialSchema } from './credential-forms.js';
import type { Finding } from './finding.js';
import type { Guarantee, Part } from './guarantee.js';
import { CONTENT_TYPE, expectedHeaders, headerOf } from './headers.js';
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
    ...checkGenerators(pact, interaction),
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

/** Headers that carry credentials need not stand in the message's schema of headers; what stands there holds, too. */
function checkMetadata(
  pact: Pact,
  interaction: MessageInteraction,
  linked: Linked,
  others: Others,
  guarantee: Guarantee,
): Problem[] {
  const { read, operation, message } = linked;
  const known = headerNames(read.document, message.headers);
  const names = new Set(known.map(({ name }) => name.toLowerCase()));
  const { schema, carried } = credentialsOf(linked);
  const credentials = { schema, pointer: operation.pointer };
  const stated: Part = {
    schema: message.headers?.json ?? NO_HEADERS,
    pointer: message.headers?.pointer ?? message.pointer,
  };
  const isBoth = carried.some(({ name }) => names.has(name.toLowerCase()));
  const apart = new Set(
    carried.map(({ name }) => name.toLowerCase()).filter((name) => !names.has(name)),
  );
  const groups = [
    { known, parts: isBoth ? [stated, credentials] : [stated], isApart: false },
    { known: carried, parts: [credentials], isApart: true },
  ];
  return [
    ...groups.flatMap(({ known, parts, isApart }) => {
      const headersIn = (one: MessageInteraction) =>
        expectedHeaders(known, one, (header) => apart.has(header) === isApart);
      return checkHeaders(pact, headersIn, parts, interaction, linked, others, guarantee);
    }),
    ...checkContentTypeRules(pact, interaction, linked, guarantee),
  ];
}

function checkHeaders(
  { locate }: Pact,
  headersIn: (one: MessageInteraction) => ReturnType<typeof expectedHeaders>,
  parts: readonly Part[],
  interaction: MessageInteraction,
  { read }: Linked,
  others: Others,
  guarantee: Guarantee,
): Problem[] {
  const { expected, keys } = headersIn(interaction);
  const beside = () => others().map((one) => headersIn(one).expected);
  const findings = checkContents(guarantee, parts, expected, beside, 'header');
  const placeOf = ({ path: [name, ...rest] }: Finding) =>
    joinPointer(
      `${interaction.pointer}/metadata`,
      ...(name === undefined ? [] : [keys.get(String(name)) ?? name]),
      ...rest,
    );
  return [
    ...findings.map((finding) => reported(finding, placeOf(finding), locate, read.locate)),
    ...unusedRules(expected.rules.unused(expected.value), locate),
  ];
}

/** Judges the rules on the content type among the metadata: they must hold for the document's, as for the pact's own. */
function checkContentTypeRules(
  { locate }: Pact,
  { metadataContentType: example, metadataRules, pointer }: MessageInteraction,
  { read, message }: Linked,
  guarantee: Guarantee,
): Problem[] {
  const named = metadataRules.filter((rule) => CONTENT_TYPE.test(headerOf(rule)));
  if (named.length === 0) return [];
  if (example === undefined) return unusedRules(named, locate);
  const rules = named.map((rule) => ({ ...rule, tokens: [{ name: 'Content-Type' }] }));
  const allowed: JsonObject =
    message.contentType === undefined
      ? { type: 'string' }
      : { enum: [...new Set([message.contentType, example])] };
  const schema = {
    type: 'object',
    required: ['Content-Type'],
    properties: { 'Content-Type': allowed },
  };
  const expected = { value: { 'Content-Type': example }, rules: new RuleIndex(rules) };
  const parts = [{ schema, pointer: message.pointer }];
  return checkContents(guarantee, parts, expected, () => [], 'header').map((finding) =>
    reported(finding, `${pointer}/metadata`, locate, read.locate),
  );
}

const schemas = new WeakMap<Linked['operation'], JsonObject>();

/** Returns the schema of the headers that carry an operation's credentials, made once, and these headers. */
function credentialsOf({ read, operation }: Linked): {
  schema: JsonObject;
  carried: readonly KnownHeader[];
} {
  const schema = schemas.get(operation) ?? credentialSchema(read.spec, operation);
  schemas.set(operation, schema);
  const names = Object.keys(schema.properties ?? {});
  return { schema, carried: names.map((name) => ({ name, type: 'string' })) };
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
