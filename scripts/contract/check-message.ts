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
import type { MessageInteraction, Pact, Rule } from './pact.js';
import { RuleIndex } from './rule-index.js';

/** Judges a message that a consumer expects; `others` are its other interactions about the same message. */
export function checkMessage(
  { locate }: Pact,
  interaction: MessageInteraction,
  { read, message }: Linked,
  others: () => readonly MessageInteraction[],
  guarantee: Guarantee,
): Problem[] {
  const { contents, contentRules, pointer } = interaction;
  const inContents = locate(`${pointer}/contents`);
  const inMessage = read.locate(message.pointer);
  const types = new Set([contents.contentType, interaction.metadataContentType]);
  const problems = [...types].flatMap((type) =>
    checkContentType(type, message.contentType, inContents, inMessage),
  );
  if (contents.fault !== undefined) {
    return [...problems, problem('pact.contents.invalid', { reason: contents.fault }, inContents)];
  }
  const report = (finding: Finding, place: (finding: Finding) => string): Problem =>
    problem(
      finding.code,
      finding.details,
      locate(finding.rule?.pointer ?? place(finding)),
      ...(finding.pointer === undefined ? [] : [read.locate(finding.pointer)]),
    );

  if (message.payload !== undefined) {
    if (isNothing(contents.value)) {
      problems.push(problem('pact.contents.empty', {}, inContents, inMessage));
    } else {
      const rules = new RuleIndex(contentRules);
      const parts: Part[] = [{ schema: message.payload.json, pointer: message.payload.pointer }];
      const findings = checkContents(guarantee, parts, { value: contents.value, rules }, () =>
        others().flatMap((other) => expectedContents(other) ?? []),
      );
      const place = ({ path }: Finding) =>
        contents.isPlain ? joinPointer(contents.pointer, ...path) : contents.pointer;
      for (const finding of findings) problems.push(report(finding, place));
      for (const unused of unusedRules(rules.unused(contents.value), locate)) problems.push(unused);
    }
  }

  const credentials = credentialHeaders(read.spec, message);
  const { expected, keys } = expectedHeaders(
    read,
    message,
    interaction.metadata,
    interaction.metadataRules,
    credentials,
  );
  const parts: Part[] =
    message.headers === undefined
      ? [{ schema: NO_HEADERS, pointer: message.pointer }]
      : [{ schema: message.headers.json, pointer: message.headers.pointer }];
  const findings = checkContents(
    guarantee,
    parts,
    expected,
    () =>
      others().map(
        (other) =>
          expectedHeaders(read, message, other.metadata, other.metadataRules, credentials).expected,
      ),
    'header',
  );
  const place = ({ path: [name, ...rest] }: Finding) =>
    joinPointer(
      `${pointer}/metadata`,
      ...(name === undefined ? [] : [keys.get(String(name)) ?? name]),
      ...rest,
    );
  for (const finding of findings) problems.push(report(finding, place));
  return [...problems, ...unusedRules(expected.rules.unused(expected.value), locate)];
}

/** A message without a schema of its headers knows none. */
const NO_HEADERS: Json = { type: 'object', properties: {} };

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

/** Says which rules apply to nothing. */
export function unusedRules(rules: readonly Rule[], locate: Pact['locate']): Problem[] {
  return rules.map(({ path, pointer }) => problem('pact.rule.unused', { path }, locate(pointer)));
}
