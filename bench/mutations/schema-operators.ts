import type { Json, JsonObject } from '../../scripts/spec/model.js';
import { isObject } from '../../scripts/spec/positions.js';
import { at, type Change, type Path, set } from './document-change.js';

/** Lists what can be changed in the schema at a place, and in those below it; a reference is left to its target. */
export function schemaChanges(document: JsonObject, path: Path): Change[] {
  const schema = at(document, path);
  if (!isObject(schema) || schema.$ref !== undefined) return [];
  const change = (operator: string, apply: (schema: JsonObject) => void, what = ''): Change => ({
    operator,
    place: `${path.join('/')}${what === '' ? '' : ` ${what}`}`,
    apply: (copy) => apply(at(copy, path) as JsonObject),
  });
  const { properties, items, enum: values, const: constant, type, format } = schema;
  const types = [type].flat().filter((one): one is string => typeof one === 'string');
  const [first = 'any'] = types.filter((one) => one !== 'null');
  const changes: Change[] = [];
  if (isObject(properties)) {
    const required = Array.isArray(schema.required) ? schema.required : [];
    for (const name of Object.keys(properties)) {
      changes.push(change('drop a property', (to) => drop(to, name), name));
      changes.push(change('rename a property', (to) => rename(to, name, `${name}2`), name));
      const setRequired = (is: boolean) => (to: JsonObject) => require(to, name, is);
      changes.push(
        required.includes(name)
          ? change('make optional', setRequired(false), name)
          : change('make required', setRequired(true), name),
      );
      const target = properties[name];
      if (isObject(target) && target.$ref !== undefined) {
        const nullable = { anyOf: [target, { type: 'null' }] };
        changes.push(
          change(
            'make nullable',
            (to) => {
              (to.properties as JsonObject)[name] = nullable;
            },
            name,
          ),
        );
      }
      changes.push(...schemaChanges(document, [...path, 'properties', name]));
    }
    changes.push(
      change('require a new property', (to) => {
        (to.properties as JsonObject).addedLater = { type: 'string' };
        require(to, 'addedLater', true);
      }),
    );
  }
  if (isObject(items)) changes.push(...schemaChanges(document, [...path, 'items']));
  if (Array.isArray(values)) {
    const other = typeof values[0] === 'number' ? 999 : 'added_later';
    changes.push(
      change('widen an enumeration', (to) => {
        to.enum = [...values, other];
      }),
    );
    for (const value of values.length > 1 ? values : []) {
      changes.push(
        change(
          'narrow an enumeration',
          (to) => set(to, 'enum', without(values, value)),
          `${value}`,
        ),
      );
    }
  }
  if (typeof constant === 'string') {
    changes.push(change('change a constant', (to) => set(to, 'const', `${constant}2`)));
    changes.push(change('free a constant', (to) => set(to, 'const', undefined)));
  }
  if (RETYPED[first] !== undefined) {
    changes.push(
      change('retype', (to) => {
        for (const keyword of Object.keys(to)) if (!ANNOTATIONS.has(keyword)) delete to[keyword];
        to.type = types.includes('null')
          ? [RETYPED[first] as string, 'null']
          : (RETYPED[first] as string);
      }),
    );
    if (types.includes('null')) {
      changes.push(change('take null away', (to) => set(to, 'type', first)));
    } else if (constant === undefined) {
      changes.push(
        change('make nullable', (to) => {
          to.type = [first, 'null'];
          if (Array.isArray(values)) to.enum = [...values, null];
        }),
      );
    }
  }
  if (first === 'string' && constant === undefined && values === undefined) {
    if (format !== undefined)
      changes.push(change('loosen a text', (to) => set(to, 'format', undefined)));
    for (const other of ['date-time', 'uuid', 'date'].filter((one) => one !== format)) {
      changes.push(change('tighten a text', (to) => set(to, 'format', other), other));
    }
    changes.push(change('tighten a text', (to) => set(to, 'maxLength', 12), 'maxLength 12'));
  }
  if (first === 'integer') {
    changes.push(
      change('loosen a number', (to) => {
        set(to, 'type', types.includes('null') ? ['number', 'null'] : 'number');
        delete to.format;
      }),
    );
    changes.push(change('tighten a number', (to) => set(to, 'minimum', 1_000), 'minimum 1000'));
    changes.push(change('tighten a number', (to) => set(to, 'minimum', 0), 'minimum 0'));
  }
  if (first === 'array') {
    const { minItems, maxItems } = schema;
    const bounds = [
      [0, maxItems],
      [2, maxItems],
      [undefined, maxItems],
      [minItems, 1],
      [minItems, 3],
      [minItems, undefined],
      [0, undefined],
    ];
    for (const [min, max] of bounds) {
      if (min === minItems && max === maxItems) continue;
      changes.push(
        change(
          'bounds of a list',
          (to) => {
            set(to, 'minItems', min);
            set(to, 'maxItems', max);
          },
          `${min ?? 'any'} to ${max ?? 'any'}`,
        ),
      );
    }
  }
  return changes;
}

/** What a schema becomes where its type is changed. */
const RETYPED: Readonly<Record<string, string>> = {
  string: 'integer',
  integer: 'string',
  number: 'string',
  boolean: 'string',
  object: 'string',
};
const ANNOTATIONS = new Set(['description', 'x-source', 'x-inferred', 'x-unit', 'title']);

function drop(schema: JsonObject, name: string): void {
  delete (schema.properties as JsonObject)[name];
  require(schema, name, false);
}

function rename(schema: JsonObject, name: string, other: string): void {
  const swap = (one: Json) => (one === name ? other : one);
  schema.properties = Object.fromEntries(
    Object.entries(schema.properties as JsonObject).map(([key, value]) => [
      swap(key) as string,
      value,
    ]),
  );
  if (Array.isArray(schema.required)) schema.required = schema.required.map(swap);
  for (const one of Array.isArray(schema.anyOf) ? schema.anyOf : []) {
    if (isObject(one) && Array.isArray(one.required)) one.required = one.required.map(swap);
  }
}

function require(schema: JsonObject, name: string, is: boolean): void {
  const others = (Array.isArray(schema.required) ? schema.required : []).filter(
    (one) => one !== name,
  );
  set(schema, 'required', is ? [...others, name] : others.length > 0 ? others : undefined);
}

function without(values: readonly Json[], value: Json): Json[] {
  return values.filter((one) => one !== value);
}
