import type { Json, JsonObject } from '../../scripts/spec/model.js';
import type { Random } from '../../test/support/random.js';
import { type PactInteraction, shownBy } from './pact-interactions.js';
import { randomDeliveries } from './random-deliveries.js';
import { type RawDocument, type RawMessage, strangers } from './raw-document.js';

/*
 * When a document breaks a message pact, told by deliveries and not by schemas.
 *
 * 1. What an interaction shows must be possible: its values are allowed at their places (whatever else must be there),
 *    and the document knows every member of it. Otherwise no delivery is the one that the consumer was tested with.
 * 2. Every delivery that the document allows must be one that the consumer was tested with, place by place. An
 *    interaction asks of a place: the member is there; each rule of Pact holds; what has members is of the same type.
 *    A value without a rule is an example and asks nothing of other values. An interaction need not hold at a place
 *    where another one of the same message shows there just what this delivery has: the parent without the member,
 *    null, a value in place of null, or the empty list. Below such a place it asks nothing.
 * A document is broken where 1 does not hold, or some delivery of many that were made at random does not meet what an
 * interaction asks.
 */

/** Says why a document breaks the message interactions of a message; undefined where nothing was found. */
export function brokenMessages(
  document: RawDocument,
  message: RawMessage,
  interactions: readonly PactInteraction[],
  random: Random,
): string | undefined {
  const shown = interactions.map((interaction) => ({ interaction, ...shownBy(interaction) }));
  for (const { interaction, contents, headers, contentType } of shown) {
    const fault =
      contentTypeFault(contentType, message.contentType) ??
      impossible(document, message, contents, headers);
    if (fault !== undefined) return `"${interaction.description}" ${fault}`;
  }
  const bodies = shown.map(
    ({ contents, interaction }): Expected => ({
      value: contents,
      rules: rulesOf(interaction, 'body'),
      what: interaction.description,
    }),
  );
  const metadata = shown.map(
    ({ headers, interaction }): Expected => ({
      value: headers,
      rules: rulesOf(interaction, 'metadata'),
      what: interaction.description,
    }),
  );
  const deliveries = randomDeliveries(document, message, random);
  if (deliveries.length === 0) return 'no delivery of the message was found';
  for (const { payload, headers } of deliveries) {
    const fault = unmet(bodies, payload) ?? unmet(metadata, headers);
    if (fault !== undefined)
      return `${fault} by the delivery ${JSON.stringify(payload).slice(0, 300)}`;
  }
  return undefined;
}

/** Says what of the interactions a delivery does not meet. */
function unmet(all: readonly Expected[], value: Json): string | undefined {
  for (const one of all) {
    const others = all.filter((other) => other !== one);
    const fault = asks(
      one,
      [],
      one.value,
      value,
      others.map((other) => other.value),
    );
    if (fault !== undefined) return `"${one.what}" is not met at ${fault}`;
  }
  return undefined;
}

/** Says what one interaction asks of a delivery that is not there; no other interaction is asked. */
export function unmetBy(
  interaction: PactInteraction,
  payload: Json,
  headers: JsonObject,
): string | undefined {
  const { contents, headers: expected } = shownBy(interaction);
  const own = (value: Json, part: string): Expected => ({
    value,
    rules: rulesOf(interaction, part),
    what: '',
  });
  return (
    asks(own(contents, 'body'), [], contents, payload, undefined) ??
    asks(own(expected, 'metadata'), [], expected, headers, undefined)
  );
}

export function contentTypeFault(
  shown: string | undefined,
  documented: string,
): string | undefined {
  const bare = (type: string) => type.split(';')[0]?.trim().toLowerCase();
  return shown !== undefined && bare(shown) !== bare(documented)
    ? `has the content type ${shown}, the document ${documented}`
    : undefined;
}

function impossible(
  document: RawDocument,
  message: RawMessage,
  contents: Json,
  headers: JsonObject,
): string | undefined {
  if (!message.canHold(contents)) return 'shows a value that is not allowed';
  const unknown = strangers(document, [message.payload], contents);
  if (unknown.length > 0)
    return `shows members that the document does not know: ${unknown.join(', ')}`;
  if (!message.canHoldHeaders(headers)) return 'shows a header that is not allowed';
  const unknownHeaders =
    message.headers === undefined
      ? Object.keys(headers)
      : strangers(document, [message.headers], headers);
  return unknownHeaders.length > 0
    ? `shows headers that the document does not know: ${unknownHeaders.join(', ')}`
    : undefined;
}

interface Expected {
  readonly value: Json;
  readonly rules: readonly Rule[];
  readonly what: string;
}

interface Rule {
  readonly path: readonly string[];
  readonly matchers: readonly JsonObject[];
}

type Path = readonly (string | number)[];

/**
 * Says what is asked at a place and not there. `others` are what other interactions show at the same place; undefined
 * where nothing excuses, and where a value without a rule is asked for as it stands, as Pact's verifier does.
 */
function asks(
  { rules, what }: Expected,
  path: Path,
  expected: Json,
  actual: Json,
  others: readonly Json[] | undefined,
): string | undefined {
  const rest = { rules, what, value: expected };
  const place = `/${path.join('/')}`;
  const isExcused =
    (actual === null && expected !== null && others?.some((other) => other === null)) ||
    (actual !== null && expected === null && others?.some((other) => other !== null)) ||
    (Array.isArray(actual) &&
      actual.length === 0 &&
      Array.isArray(expected) &&
      expected.length > 0 &&
      others?.some((other) => Array.isArray(other) && other.length === 0));
  if (isExcused) return undefined;
  const rule = ruleAt(rules, path);
  const failed = rule?.matchers.find((matcher) => !matches(matcher, expected, actual));
  if (failed !== undefined)
    return `${place}: ${JSON.stringify(failed)} and ${JSON.stringify(actual)?.slice(0, 80)}`;
  if (typeof expected !== 'object' || expected === null) {
    const isEqual = others !== undefined || rule !== undefined || expected === actual;
    return isEqual
      ? undefined
      : `${place}: ${JSON.stringify(expected)} is not ${JSON.stringify(actual)}`;
  }
  if (kindOf(expected) !== kindOf(actual)) return `${place}: an ${kindOf(expected)} is needed`;
  if (Array.isArray(expected)) {
    const items = actual as Json[];
    if (rule === undefined && others === undefined && items.length !== expected.length) {
      return `${place}: ${expected.length} items are needed`;
    }
    const inner = others?.flatMap((other) => (Array.isArray(other) ? other : []));
    for (const [index, item] of items.entries()) {
      // With a rule the first item shown stands for all; without one, each for itself.
      const shown = rule === undefined ? expected[index] : (expected[index] ?? expected[0]);
      if (shown === undefined) continue;
      const fault = asks(rest, [...path, index], shown, item, inner);
      if (fault !== undefined) return fault;
    }
    return undefined;
  }
  const objects = others?.filter((other): other is JsonObject => kindOf(other) === 'object');
  for (const [name, member] of Object.entries(expected)) {
    if (!Object.hasOwn(actual as object, name)) {
      if (objects?.some((other) => !Object.hasOwn(other, name))) continue;
      return `${place}: ${name} is needed`;
    }
    const inner = objects?.flatMap((other) =>
      Object.hasOwn(other, name) ? [other[name] as Json] : [],
    );
    const fault = asks(rest, [...path, name], member, (actual as JsonObject)[name] as Json, inner);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** The kinds of matchers that stand in the pacts; another one would be judged wrongly, so it throws. */
function matches({ match, regex, min, max }: JsonObject, expected: Json, actual: Json): boolean {
  switch (match) {
    case 'type':
      return (
        kindOf(actual) === kindOf(expected) &&
        (!Array.isArray(actual) ||
          (actual.length >= Number(min ?? 0) &&
            actual.length <= Number(max ?? Number.POSITIVE_INFINITY)))
      );
    case 'integer':
      return Number.isInteger(actual);
    case 'number':
      return typeof actual === 'number';
    case 'boolean':
      return typeof actual === 'boolean';
    case 'regex':
      return (
        (typeof actual === 'string' || typeof actual === 'number' || typeof actual === 'boolean') &&
        new RegExp(`^(?:${regex})$`, 'u').test(String(actual))
      );
    default:
      throw new Error(`matchers of the kind ${match} are not known here`);
  }
}

/** Finds the rule of a place: its own one, or the nearest above that is about types, which holds for all below it. */
function ruleAt(rules: readonly Rule[], path: Path): Rule | undefined {
  const own = rules.find((rule) => rule.path.length === path.length && covers(rule, path));
  if (own !== undefined) return own;
  const above = rules
    .filter((rule) => rule.path.length < path.length && covers(rule, path))
    .filter(({ matchers }) => matchers.every(({ match }) => match === 'type'))
    .toSorted((one, other) => other.path.length - one.path.length)[0];
  return above && { ...above, matchers: [{ match: 'type' }] };
}

function covers({ path: own }: Rule, path: Path): boolean {
  return own.every((step, index) => step === '*' || step === String(path[index]));
}

function rulesOf({ json }: PactInteraction, part: string): Rule[] {
  const rules = ((json.matchingRules as JsonObject | undefined)?.[part] ?? {}) as Record<
    string,
    { matchers: JsonObject[] }
  >;
  return Object.entries(rules).map(([path, { matchers }]) => ({
    path: part === 'metadata' ? [path] : stepsOf(path),
    matchers,
  }));
}

/** Reads a path such as `$.data[*].id` or `$['a b']`. */
function stepsOf(path: string): string[] {
  return [...path.slice(1).matchAll(/\.([^.[]+)|\[(\d+|\*)\]|\['([^']*)'\]/g)].map(
    ([, name, index, quoted]) => name ?? index ?? quoted ?? '',
  );
}

function kindOf(value: Json | undefined): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
