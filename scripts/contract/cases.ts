import { joinPointer } from '../spec/json-pointer.js';
import type { Json, JsonObject } from '../spec/model.js';
import { isContainer, isObject } from '../spec/positions.js';
import type { Case, Part } from './guarantee.js';

/** How many cases are told apart. */
const MAX_CASES = 128;

/**
 * Lists the ways in which a value can satisfy all of some schemas: one for each combination of alternatives. What can't
 * be put into cases (`not`, the exclusion in `oneOf`) is left out of them, so they may allow more than the schemas,
 * never less. Undefined where there are too many. `resolve` follows references.
 * https://json-schema.org/draft-07/draft-handrews-json-schema-validation-01#section-6.7
 */
export function casesOf(
  parts: readonly Part[],
  resolve: (part: Part) => Part,
): Case['parts'][] | undefined {
  let cases: Open[] = [{ done: [], todo: parts }];
  const finished: Case['parts'][] = [];
  while (cases.length > 0) {
    if (cases.length + finished.length > MAX_CASES) return undefined;
    const next: Open[] = [];
    for (const { done, todo } of cases) {
      const [first, ...rest] = todo;
      if (first === undefined) {
        finished.push(done);
        continue;
      }
      const part = resolve(first);
      const { schema } = part;
      if (schema === false) continue;
      if (!isObject(schema) || done.some((other) => other.schema === schema)) {
        next.push({ done, todo: rest });
        continue;
      }
      for (const added of alternativesOf({ ...part, schema })) {
        next.push({ done: [...done, { ...part, schema }], todo: [...rest, ...added] });
      }
    }
    cases = next;
  }
  return finished;
}

interface Open {
  readonly done: Case['parts'];
  readonly todo: readonly Part[];
}

/** Lists what a schema leaves open: in each alternative, the further schemas that hold. */
function alternativesOf({ schema, pointer }: Case['parts'][number]): Part[][] {
  const always = [
    ...listed(schema.allOf, joinPointer(pointer, 'allOf')),
    ...excluded(schema, pointer),
    ...spelledOut(schema, pointer),
  ];
  const choices = [
    ...(['anyOf', 'oneOf'] as const)
      .map((keyword) => listed(schema[keyword], joinPointer(pointer, keyword)))
      .filter((parts) => parts.length > 0)
      .map((parts) => parts.map((part) => [part])),
    ...conditions(schema, pointer),
    ...dependencies(schema, pointer),
    ...enumerated(schema, pointer),
  ];
  return choices.reduce<Part[][]>(
    (ways, choice) => ways.flatMap((way) => choice.map((parts) => [...way, ...parts])),
    [always],
  );
}

function listed(value: Json | undefined, pointer: string): Part[] {
  return Array.isArray(value)
    ? value.map((schema, index) => ({ schema, pointer: joinPointer(pointer, index) }))
    : [];
}

/** `not: {required: [a]}`: the member is absent. */
function excluded({ not }: JsonObject, pointer: string): Part[] {
  const names = isObject(not) && Object.keys(not).length === 1 ? not.required : undefined;
  if (!Array.isArray(names) || names.length !== 1) return [];
  return [{ schema: absent(String(names[0])), pointer: `${pointer}/not` }];
}

/** `if`, `then`, `else`: either both first ones hold, or the last one and not the first. */
function conditions(schema: JsonObject, pointer: string): Part[][][] {
  const { if: condition } = schema;
  if (condition === undefined) return [];
  const branch = (keyword: 'then' | 'else'): Part[] => {
    const value = schema[keyword];
    return value === undefined ? [] : [{ schema: value, pointer: `${pointer}/${keyword}` }];
  };
  const met = [{ schema: condition, pointer: `${pointer}/if` }, ...branch('then')];
  const unmet = negations(condition).map((negation) => [
    ...negation.map((one) => ({ schema: one, pointer: `${pointer}/if` })),
    ...branch('else'),
  ]);
  return [[met, ...unmet]];
}

/** The ways in which an object can fail a condition about its members; one that says nothing of any other condition. */
function negations(condition: Json): Json[][] {
  if (condition === true) return [];
  if (!isObject(condition)) return [[]];
  const { properties, required, type, ...rest } = condition;
  const annotations = ['title', 'description', '$comment', 'examples'];
  const isSimple =
    (type === undefined || type === 'object') &&
    Object.keys(rest).every((keyword) => annotations.includes(keyword) || keyword.startsWith('x-'));
  if (!isSimple) return [[]];
  return [
    ...(Array.isArray(required) ? required : []).map((name) => [absent(String(name))]),
    ...(isObject(properties) ? Object.entries(properties) : []).map(([name, schema]) => [
      { required: [name], properties: { [name]: { not: schema } } },
    ]),
    ...(type === 'object' ? [[{ not: { type: 'object' } }]] : []),
  ];
}

/** `dependencies`: a member is absent, or what it brings along holds. */
function dependencies({ dependencies: all }: JsonObject, pointer: string): Part[][][] {
  return (isObject(all) ? Object.entries(all) : []).map(([name, brought]) => {
    const place = joinPointer(pointer, 'dependencies', name);
    const schema = Array.isArray(brought) ? { required: brought } : brought;
    return [
      [{ schema: absent(name), pointer: place }],
      [
        { schema: { required: [name] }, pointer: place },
        { schema, pointer: place },
      ],
    ];
  });
}

/** `enum` with objects or lists: one of these, or one of the scalars beside them. */
function enumerated({ enum: values }: JsonObject, pointer: string): Part[][][] {
  if (!Array.isArray(values) || !values.some(isContainer)) return [];
  const place = `${pointer}/enum`;
  const scalars = values.filter((value) => !isContainer(value));
  return [
    [
      ...values.filter(isContainer).map((value) => [{ schema: { const: value }, pointer: place }]),
      ...(scalars.length > 0 ? [[{ schema: { enum: scalars }, pointer: place }]] : []),
    ],
  ];
}

/** `const` with an object or a list: what it says of the members or the items, in other keywords. */
function spelledOut({ const: value }: JsonObject, pointer: string): Part[] {
  if (!isContainer(value)) return [];
  const schema = Array.isArray(value) ? listOf(value) : objectOf(value);
  return [{ schema, pointer: `${pointer}/const` }];
}

function listOf(items: readonly Json[]): JsonObject {
  const { length } = items;
  if (length === 0) return { type: 'array', maxItems: 0 };
  const schemas = items.map((item) => ({ const: item }));
  return { type: 'array', minItems: length, items: schemas, additionalItems: false };
}

function objectOf(members: JsonObject): JsonObject {
  const schemas = Object.entries(members).map(([name, member]) => [name, { const: member }]);
  return {
    type: 'object',
    required: Object.keys(members),
    properties: Object.fromEntries(schemas),
    additionalProperties: false,
  };
}

function absent(name: string): JsonObject {
  return { properties: { [name]: false } };
}
