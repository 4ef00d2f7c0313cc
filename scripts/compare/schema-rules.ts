import type { Json } from '../spec/model.js';
import type { SchemaDifference } from './compare-schemas.js';
import type { Bound, Statement, Subject } from './inclusion/shortfall.js';
import type { Rule } from './rules.js';

/** A difference with the rule by which it is reported, and what stood and stands there, as text. */
export interface RuledDifference extends SchemaDifference {
  readonly rule: Rule;
  readonly words: { readonly old: string; readonly now: string };
}

/** Finds the rules of a difference: one, or one for each way where it goes both. */
export function schemaRules(difference: SchemaDifference): RuledDifference[] {
  const { old, now, narrowing, widening } = difference;
  const words = { old: inWords(old), now: inWords(now) };
  const rule = ruleOf(difference);
  if (rule !== undefined) return [{ ...difference, rule, words }];
  return [
    ...(narrowing.length > 0
      ? [{ ...difference, widening: [], ...narrowed(difference, words) }]
      : []),
    ...(widening.length > 0
      ? [{ ...difference, narrowing: [], ...widened(difference, words) }]
      : []),
  ];
}

const WITH_CHANGED: Partial<Record<Subject, string>> = {
  pattern: 'pattern',
  format: 'format',
  multipleOf: 'multiple-of',
  propertyNames: 'property-names',
  contains: 'contains',
  dependencies: 'dependencies',
  not: 'not',
  if: 'if',
};

/** Returns the rule of a difference that has one whichever way it goes. */
function ruleOf({ subject, member, old, now, narrowing, widening }: SchemaDifference) {
  const changed = WITH_CHANGED[subject];
  const isBoth = narrowing.length > 0 && widening.length > 0;
  if (changed !== undefined) {
    const way = old.says === undefined ? 'added' : now.says === undefined ? 'removed' : 'changed';
    return `${changed}.${way}` as Rule;
  }
  switch (subject) {
    case 'unjudged':
      return 'schema.changed';
    case 'property':
      return member === 'removed' ? 'property.removed' : 'property.added';
    case 'type':
      return isBoth && !isNullOnly(old, now) ? 'type.changed' : undefined;
    case 'enum':
      return isBoth && isConstant(old) && isConstant(now) ? 'const.changed' : undefined;
    default:
      return undefined;
  }
}

type Ruled = Pick<RuledDifference, 'rule' | 'words'>;

const BOUNDS: Readonly<Record<Bound, { readonly rule: string; readonly isLeast: boolean }>> = {
  minimum: { rule: 'minimum', isLeast: true },
  maximum: { rule: 'maximum', isLeast: false },
  minLength: { rule: 'min-length', isLeast: true },
  maxLength: { rule: 'max-length', isLeast: false },
  minItems: { rule: 'min-items', isLeast: true },
  maxItems: { rule: 'max-items', isLeast: false },
  minProperties: { rule: 'min-properties', isLeast: true },
  maxProperties: { rule: 'max-properties', isLeast: false },
};

/** Returns the rule of a difference by which the new document refuses what the old one allows. */
function narrowed({ subject, old, now }: SchemaDifference, words: Ruled['words']): Ruled {
  switch (subject) {
    case 'type':
      return typesLess(old, now).join() === 'null'
        ? { rule: 'null.removed', words }
        : { rule: 'type.narrowed', words };
    case 'enum': {
      if (old.says === undefined) {
        return { rule: isConstant(now) ? 'const.added' : 'enum.added', words };
      }
      return { rule: 'enum.narrowed', words: { ...words, old: listed(valuesLess(old, now)) } };
    }
    case 'required':
      return { rule: 'required.added', words };
    case 'additionalProperties':
      return {
        rule:
          now.says === false ? 'additional-properties.closed' : 'additional-properties.narrowed',
        words,
      };
    case 'uniqueItems':
      return { rule: 'unique-items.added', words };
    case 'alternative':
      return { rule: 'alternative.removed', words };
    case 'overlap':
      return { rule: 'overlap.removed', words };
    case 'value':
      return { rule: 'value.forbidden', words };
    default: {
      const { rule, isLeast } = BOUNDS[subject as Bound];
      const way = old.says === undefined ? 'added' : isLeast ? 'raised' : 'lowered';
      return { rule: `${rule}.${way}` as Rule, words };
    }
  }
}

/** Returns the rule of a difference by which the new document allows what the old one refuses. */
function widened({ subject, old, now }: SchemaDifference, words: Ruled['words']): Ruled {
  switch (subject) {
    case 'type':
      return typesLess(now, old).join() === 'null'
        ? { rule: 'null.added', words }
        : { rule: 'type.widened', words };
    case 'enum': {
      if (now.says === undefined) {
        return { rule: isConstant(old) ? 'const.removed' : 'enum.removed', words };
      }
      return { rule: 'enum.widened', words: { ...words, now: listed(valuesLess(now, old)) } };
    }
    case 'required':
      return { rule: 'required.removed', words };
    case 'additionalProperties':
      return {
        rule: old.says === false ? 'additional-properties.opened' : 'additional-properties.widened',
        words,
      };
    case 'uniqueItems':
      return { rule: 'unique-items.removed', words };
    case 'alternative':
      return { rule: 'alternative.added', words };
    case 'overlap':
      return { rule: 'overlap.added', words };
    case 'value':
      return { rule: 'value.allowed', words };
    default: {
      const { rule, isLeast } = BOUNDS[subject as Bound];
      const way = now.says === undefined ? 'removed' : isLeast ? 'lowered' : 'raised';
      return { rule: `${rule}.${way}` as Rule, words };
    }
  }
}

function isConstant({ pointer, says }: Statement): boolean {
  return says !== undefined && pointer.endsWith('/const');
}

function isNullOnly(old: Statement, now: Statement): boolean {
  return [typesLess(old, now), typesLess(now, old)].some((types) => types.join() === 'null');
}

/** Lists the types that one statement allows and the other does not. */
function typesLess(one: Statement, other: Statement): string[] {
  const known = new Set([other.says].flat());
  const others = known.has('number') ? known.add('integer') : known;
  return [one.says]
    .flat()
    .filter((type) => type !== undefined && !others.has(type))
    .map(String);
}

/** Lists the constants that one statement allows and the other does not. */
function valuesLess(one: Statement, other: Statement): Json[] {
  const valuesOf = (statement: Statement): Json[] =>
    isConstant(statement) ? [statement.says as Json] : [statement.says ?? []].flat();
  const known = new Set(valuesOf(other).map((value) => JSON.stringify(value)));
  return valuesOf(one).filter((value) => !known.has(JSON.stringify(value)));
}

/** How many values are written, and how much of a statement. */
const MAX_VALUES = 10;
const MAX_LENGTH = 120;

function listed(values: readonly Json[]): string {
  const shown = values.slice(0, MAX_VALUES).map((value) => cut(JSON.stringify(value)));
  const more = values.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? `, and ${more} more` : ''}`;
}

/** Writes what a document states: types as words, constants as JSON, a bound that is not reached as such. */
function inWords({ pointer, says }: Statement): string {
  if (says === undefined) return 'anything';
  const [, keyword] = /\/([^/]*)$/.exec(pointer) ?? [];
  if (keyword === 'type') return [says].flat().join(' or ');
  if (keyword === 'const') return cut(JSON.stringify(says));
  if (keyword === 'exclusiveMinimum') return `more than ${says}`;
  if (keyword === 'exclusiveMaximum') return `less than ${says}`;
  if (Array.isArray(says)) return listed(says);
  return cut(typeof says === 'string' ? says : JSON.stringify(says));
}

function cut(text: string): string {
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 1)}…` : text;
}
