import type { Json, JsonObject } from '../spec/model.js';
import { entriesOf, isObject } from '../spec/positions.js';
import { filled, limits } from './limits.js';

/** Returns the name of the type that a `$ref` leads to. */
export type NameOf = ($ref: string) => string;

/** What clauses are about: what it is called, and what stands before the names of its members. */
interface Subject {
  readonly is: string;
  readonly path: string;
}

const VALUE: Subject = { is: 'the value', path: '' };

/** What a schema demands that demands nothing. */
const ANYTHING = 'anything holds';

const types: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'a boolean',
  integer: 'an integer',
  null: 'null',
  number: 'a number',
  object: 'an object',
  string: 'a string',
};

/** Says in clauses, all of which hold, what a schema demands of a value; none where it demands nothing. */
export function clausesOf(schema: Json, nameOf: NameOf, about = VALUE): string[] {
  if (!isObject(schema)) return schema === false ? [`${about.is} is not allowed`] : [];
  if (typeof schema.$ref === 'string') return [`${about.is} is of the type ${nameOf(schema.$ref)}`];
  return [
    ...ofItself(schema, about),
    ...ofMembers(schema, nameOf, about),
    ...ofItems(schema, nameOf, about),
    ...ofCombinations(schema, nameOf, about),
  ];
}

function ofItself(schema: JsonObject, { is }: Subject): string[] {
  const { type, const: constant, enum: constants } = schema;
  const isOneOf = (words: readonly (string | undefined)[]) => [`${is} is ${words.join(' or ')}`];
  return [
    ...(type === undefined
      ? []
      : isOneOf(texts(Array.isArray(type) ? type : [type]).map((one) => types[one]))),
    ...(constant === undefined ? [] : isOneOf([JSON.stringify(constant)])),
    ...(Array.isArray(constants) ? isOneOf(constants.map((one) => JSON.stringify(one))) : []),
    ...Object.entries(limits).flatMap(([keyword, { clause }]) =>
      schema[keyword] === undefined ? [] : [`${is} ${filled(clause, schema[keyword])}`],
    ),
    ...(schema.uniqueItems === true ? [`${is} holds no item twice`] : []),
  ];
}

function ofMembers(schema: JsonObject, nameOf: NameOf, about: Subject): string[] {
  const required = texts(schema.required);
  const properties = entriesOf(schema.properties);
  const isSaid = (name: string) =>
    properties.some(([other, held]) => other === name && impliesPresence(held));
  return [
    ...present(
      required.filter((name) => !isSaid(name)),
      about,
    ),
    ...properties.flatMap(([name, held]) => ofMember(name, held, required, nameOf, about)),
    ...entriesOf(schema.dependencies).map(([name, held]) => {
      const then = Array.isArray(held) ? { required: held } : held;
      return `where ${memberOf(about, name).is} is present, ${inOne(clausesOf(then, nameOf, about), about) || ANYTHING}`;
    }),
    ...each('the name of each member', schema.propertyNames, nameOf, about),
    ...entriesOf(schema.patternProperties).flatMap(([pattern, held]) =>
      each(`each member whose name matches ${pattern}`, held, nameOf, about),
    ),
    ...[schema.additionalProperties, schema.unevaluatedProperties].flatMap((others) =>
      others === false
        ? [`no other member${within(about)} is allowed`]
        : each('each other member', others, nameOf, about),
    ),
  ];
}

function ofMember(
  name: string,
  schema: Json,
  required: readonly string[],
  nameOf: NameOf,
  about: Subject,
): string[] {
  const member = memberOf(about, name);
  if (schema === false) return [`${member.is} is absent`];
  const said = inOne(clausesOf(schema, nameOf, member), member);
  if (said === '' || required.includes(name)) return said === '' ? [] : [said];
  const opening = `${member.is} is `;
  return [
    `${opening}absent or ${said.startsWith(opening) ? said.slice(member.is.length + 1) : `(${said})`}`,
  ];
}

function ofItems(schema: JsonObject, nameOf: NameOf, about: Subject): string[] {
  const { items, contains } = schema;
  return [
    ...(Array.isArray(items)
      ? items.flatMap((one, index) => each(`item ${index + 1}`, one, nameOf, about))
      : each('each item', items, nameOf, about)),
    ...each('each further item', schema.additionalItems, nameOf, about),
    ...each('each further item', schema.unevaluatedItems, nameOf, about),
    ...(contains === undefined ? [] : [ofContained(schema, contains, nameOf, about)]),
  ];
}

function ofContained(
  { minContains: least = 1, maxContains: most }: JsonObject,
  contained: Json,
  nameOf: NameOf,
  about: Subject,
): string {
  const item = { is: 'the item', path: `${about.path}[].` };
  const count = most === undefined ? `at least ${least}` : `${least} to ${most}`;
  const demanded = inOne(clausesOf(contained, nameOf, item), item) || ANYTHING;
  return `${about.is} holds ${count} ${count === 'at least 1' ? 'item' : 'items'} such that ${demanded}`;
}

function ofCombinations(schema: JsonObject, nameOf: NameOf, about: Subject): string[] {
  const { allOf, anyOf, oneOf, if: condition, not } = schema;
  const all = (part: Json) => inOne(clausesOf(part, nameOf, about), about) || ANYTHING;
  const any = (list: Json | undefined, word: string) =>
    Array.isArray(list) ? [`${word} (${list.map(all).join(') or (')})`] : [];
  const branch = (word: string, then: Json | undefined) =>
    condition === undefined || then === undefined
      ? []
      : [`${word} ${all(condition)}, ${all(then)}`];
  return [
    ...(Array.isArray(allOf) ? allOf : []).flatMap((part) => clausesOf(part, nameOf, about)),
    ...any(anyOf, 'either'),
    ...any(oneOf, 'one of these and no other holds:'),
    ...branch('if', schema.then),
    ...branch('unless', schema.else),
    ...(not === undefined ? [] : [`it is not so that ${all(not)}`]),
  ];
}

/** Joins clauses about a subject, which is named again only where it must be. */
function inOne(clauses: readonly string[], about: Subject): string {
  const [first = '', ...others] = clauses;
  const opening = `${about.is} `;
  const shortened = others.map((clause) =>
    first.startsWith(opening) && clause.startsWith(opening) ? clause.slice(opening.length) : clause,
  );
  return [first, ...shortened].join(' and ');
}

/** Says what a schema demands of each of some parts of a subject. */
function each(part: string, schema: Json | undefined, nameOf: NameOf, about: Subject): string[] {
  const subject = { is: `${part}${within(about)}`, path: `${about.path}[].` };
  const said = inOne(clausesOf(schema ?? true, nameOf, subject), subject);
  return said === '' ? [] : [said];
}

function within(about: Subject): string {
  return about === VALUE ? '' : ` of ${about.is}`;
}

function memberOf({ path }: Subject, name: string): Subject {
  const full = `${path}${name}`;
  return { is: `\`${full}\``, path: `${full}.` };
}

function present(names: readonly string[], about: Subject): string[] {
  const members = names.map((name) => memberOf(about, name).is);
  if (members.length === 0) return [];
  return [`${members.join(' and ')} ${members.length === 1 ? 'is' : 'are'} present`];
}

/** Tells whether what is said of a member says that it is there. */
function impliesPresence(schema: Json): boolean {
  return (
    isObject(schema) && ['type', 'const', 'enum', '$ref'].some((one) => Object.hasOwn(schema, one))
  );
}

function texts(list: Json | undefined): string[] {
  return Array.isArray(list) ? list.map(String) : [];
}
