import formats from 'ajv-formats/dist/formats.js';
import type { Any } from './pact-matching.js';
import type { Random } from './random.js';

/** A payload schema, and those it refers to as `#/components/schemas/<name>`. */
export interface RandomSchema {
  readonly payload: Any;
  readonly schemas: Readonly<Record<string, Any>>;
}

/** Follows a reference. */
export function followed({ schemas }: RandomSchema, schema: Any): Any {
  return typeof schema?.$ref === 'string' ? schemas[schema.$ref.split('/').at(-1)] : schema;
}

const PATTERNS = ['^[A-Z]{3}$', '^\\d{2,4}$', '^[a-z]+(-[a-z]+)*$', '^x', 'b$', '^[^,]*$'];
const FORMATS = ['date', 'date-time', 'uuid', 'email', 'uri', 'time', 'ipv4'];
const NAMES = ['a', 'b', 'c', 'd', 'e'];

/** Texts of every pattern, format and length that schemas here ask for, in their less usual forms too. */
export const TEXTS = [
  ...[
    '',
    'a',
    'b',
    'x',
    'xb',
    'abc',
    'abc-de',
    'ABC',
    'XYZ',
    '12',
    '123',
    '0042',
    '7',
    '-5',
    'x y',
  ],
  ...['a,b', 'a\nb', 'é', '\u{1F600}\u{1F600}', 'open', 'closed', 'true', 'null', '1.0.0', '1.2'],
  ...['2024-02-29', '1999-12-31', '2024-02-29T23:59:59Z', '2024-02-29T23:59:59.5+02:00'],
  ...['23:59:59', '23:59:59Z', '08:00:00.25+02:00', 'g@example.com', 'https://example.com/?a=b'],
  ...['123e4567-e89b-12d3-a456-426614174000', '123E4567-E89B-12D3-A456-426614174ABC', '192.0.2.1'],
  ...['mailto:a@b.example', "O'B@example.com", 'aaaaaa', 'bbbbbbbb', 'x'.repeat(20)],
];

/** Makes a small schema of an object, of every keyword that is understood. */
export function randomSchema(random: Random): RandomSchema {
  const schemas: Record<string, Any> = {};
  const maybe = (chance: number) => random.next() < chance;
  const count = () => random.below(3);

  const text = (): Any => {
    switch (random.below(8)) {
      case 0:
        return { type: 'string', pattern: random.pick(PATTERNS) };
      case 1:
      case 2:
        return { type: 'string', format: random.pick(FORMATS) };
      case 3:
        return {
          enum: random.pick([['open', 'closed'], ['a', 'b', 'x'], ['open', null], ['1.0.0']]),
        };
      case 4:
        return { type: 'string', minLength: random.below(3) };
      case 5:
        return { type: 'string', maxLength: 1 + random.below(6) };
      case 6:
        return { const: random.pick(['a', 'open', 7, true]) };
      default:
        return { type: 'string' };
    }
  };
  const number = (): Any => ({
    type: random.pick(['integer', 'integer', 'number']),
    ...(maybe(0.3) ? { minimum: random.below(3) } : {}),
    ...(maybe(0.2) ? { maximum: 3 + random.below(200) } : {}),
    ...(maybe(0.1) ? { exclusiveMinimum: -1 } : {}),
    ...(maybe(0.1) ? { multipleOf: random.pick([1, 5, 0.5]) } : {}),
  });
  const scalar = (): Any => (maybe(0.6) ? text() : maybe(0.7) ? number() : { type: 'boolean' });
  const nullable = (schema: Any): Any =>
    typeof schema.type === 'string' && maybe(0.6)
      ? { ...schema, type: [schema.type, 'null'] }
      : { [random.pick(['anyOf', 'oneOf'])]: [schema, { type: 'null' }] };
  const list = (depth: number): Any => {
    const bounds = {
      ...(maybe(0.4) ? { minItems: random.below(3) } : {}),
      ...(maybe(0.3) ? { maxItems: 2 + random.below(3) } : {}),
    };
    if (!maybe(0.15)) return { type: 'array', items: any(depth + 1), ...bounds };
    const rest = random.pick([{}, { additionalItems: false }, { additionalItems: any(depth + 1) }]);
    return { type: 'array', items: [any(depth + 1), any(depth + 1)], ...rest, ...bounds };
  };
  const map = (depth: number): Any => ({
    type: 'object',
    ...(maybe(0.3)
      ? { patternProperties: { '^k[0-9]$': any(depth + 1) }, additionalProperties: false }
      : { additionalProperties: any(depth + 1) }),
    ...(maybe(0.2) ? { propertyNames: { pattern: '^[a-z][0-9a-z]?$' } } : {}),
    ...(maybe(0.2) ? { minProperties: 1 } : {}),
  });
  const plain = (depth: number, names = NAMES.slice(0, 2 + random.below(3))): Any => ({
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, any(depth + 1)])),
    required: names.filter(() => maybe(0.6)),
    ...(maybe(0.2) ? { additionalProperties: false } : {}),
  });
  const union = (depth: number): Any => {
    const isDiscriminated = maybe(0.6);
    const branches = Array.from({ length: 2 + count() }, (_, at) => {
      const branch = plain(
        depth,
        NAMES.filter(() => maybe(0.5)),
      );
      if (!isDiscriminated) return branch;
      const kind = maybe(0.8) ? { const: `k${at}` } : { enum: [`k${at}`, `l${at}`] };
      return {
        ...branch,
        properties: { kind, ...branch.properties },
        required: ['kind', ...branch.required],
      };
    });
    const keyword = isDiscriminated ? random.pick(['oneOf', 'anyOf']) : 'anyOf';
    return {
      ...(isDiscriminated && maybe(0.3) ? { type: 'object', discriminator: 'kind' } : {}),
      ...(maybe(0.2) ? plain(depth, ['s']) : {}),
      [keyword]: branches,
    };
  };
  const conditional = (depth: number): Any => {
    const base = plain(depth);
    const names = Object.keys(base.properties);
    const required = () => ({ required: names.filter(() => maybe(0.5)) });
    return {
      ...base,
      properties: { kind: { enum: ['k0', 'k1', 'k2'] }, ...base.properties },
      required: maybe(0.8) ? ['kind', ...base.required] : base.required,
      if: { properties: { kind: { const: 'k0' } }, ...(maybe(0.7) ? { required: ['kind'] } : {}) },
      // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword.
      ...(maybe(0.8) ? { then: required() } : {}),
      ...(maybe(0.6)
        ? { else: maybe(0.5) ? required() : { properties: { [names[0] ?? 'a']: scalar() } } }
        : {}),
    };
  };
  const object = (depth: number): Any => {
    switch (random.below(10)) {
      case 0:
        return map(depth);
      case 1:
      case 2:
        return union(depth);
      case 3:
        return conditional(depth);
      case 4: {
        const [one, other] = [plain(depth, ['a', 'b']), plain(depth, ['b', 'c', 'd'])];
        delete one.additionalProperties;
        delete other.additionalProperties;
        return { allOf: [one, other] };
      }
      case 5: {
        const base = plain(depth, ['a', 'b', 'c']);
        return { ...base, dependencies: { a: maybe(0.5) ? ['b'] : { required: ['c'] } } };
      }
      case 6: {
        const base = plain(depth, ['a', 'b', 'c']);
        return maybe(0.5)
          ? { ...base, anyOf: [{ required: ['a'] }, { required: ['b'] }] }
          : { ...base, required: [], not: { required: ['c'] } };
      }
      default:
        return plain(depth);
    }
  };
  const any = (depth: number): Any => {
    const roll = random.next();
    if (roll < 0.06) {
      const known = Object.keys(schemas);
      if (known.length > 0) return { $ref: `#/components/schemas/${random.pick(known)}` };
      schemas.Node = {};
      const tree = plain(2, ['a', 'b']);
      const next = { $ref: '#/components/schemas/Node' };
      tree.properties.next = random.pick([next, { type: 'array', items: next }, nullable(next)]);
      schemas.Node = tree;
      return next;
    }
    if (roll < 0.09)
      return random.pick([{}, true, { type: ['string', 'integer'] }, { type: 'object' }]);
    if (roll < 0.11) return { anyOf: [scalar(), scalar()] };
    const base = depth > 2 || roll < 0.6 ? scalar() : maybe(0.45) ? list(depth) : object(depth);
    return maybe(0.15) ? nullable(base) : base;
  };
  const payload = maybe(0.05) ? list(0) : object(0);
  return { payload, schemas };
}

const NOT_FOUND = Symbol('no value');

/** Makes a value that a schema may accept; the caller checks whether it does. Undefined where none was found. */
export function randomDelivery(root: RandomSchema, random: Random): Any {
  const value = makeValue([root.payload], 0);
  return value === NOT_FOUND ? undefined : value;

  function makeValue(schemas: readonly Any[], depth: number): Any {
    if (depth > 8) return NOT_FOUND;
    const parts: Any[] = [];
    const open = [...schemas];
    while (open.length > 0) {
      const schema = followed(root, open.shift());
      if (schema === false) return NOT_FOUND;
      if (typeof schema !== 'object') continue;
      parts.push(schema);
      open.push(...(schema.allOf ?? []));
      if (schema.anyOf !== undefined) {
        open.push(random.pick(schema.anyOf));
        const isOfObjects = schema.anyOf.some((one: Any) => one.properties !== undefined);
        if (!isOfObjects && random.below(4) === 0) open.push(random.pick(schema.anyOf));
      }
      if (schema.oneOf !== undefined) open.push(random.pick(schema.oneOf));
      if (schema.if !== undefined) {
        if (random.below(2) === 0) open.push(schema.if, schema.then ?? true);
        else open.push(schema.else ?? true);
      }
    }
    for (const { const: constant, enum: constants } of parts) {
      if (constant !== undefined) return constant;
      if (constants !== undefined) return random.pick(constants);
    }
    const types = ['null', 'boolean', 'integer', 'number', 'string', 'array', 'object'].filter(
      (type) =>
        parts.every(({ type: asked }) => {
          const all = asked === undefined ? [type] : [asked].flat();
          return all.includes(type) || (type === 'integer' && all.includes('number'));
        }),
    );
    if (types.length === 0) return NOT_FOUND;
    const isObject = parts.some(({ properties }) => properties !== undefined);
    const type = isObject && types.includes('object') ? 'object' : random.pick(types);
    switch (type) {
      case 'null':
        return null;
      case 'boolean':
        return random.below(2) === 0;
      case 'integer':
      case 'number':
        return numberOf(parts, type === 'integer');
      case 'string': {
        const fitting = TEXTS.filter((one) => parts.every((schema) => isText(schema, one)));
        if (fitting.length === 0) return NOT_FOUND;
        const odd = fitting.filter((one) => /^$|[,\n@']/.test(one));
        return random.pick(odd.length > 0 && random.below(3) === 0 ? odd : fitting);
      }
      case 'array':
        return listOf(parts, depth);
      default:
        return objectOf(parts, depth);
    }
  }

  function numberOf(parts: readonly Any[], isWhole: boolean): Any {
    const all = [
      0,
      1,
      2,
      3,
      5,
      10,
      42,
      150,
      -1,
      -7,
      1_000_000,
      ...(isWhole ? [] : [0.5, 1.5, -2.25]),
    ];
    const fitting = all.filter((value) =>
      parts.every(
        ({ minimum = -1e9, maximum = 1e9, exclusiveMinimum = -1e9, multipleOf = 1e-9 }) =>
          value >= minimum &&
          value <= maximum &&
          value > exclusiveMinimum &&
          (multipleOf < 1e-6 || Number.isInteger(value / multipleOf)),
      ),
    );
    return fitting.length === 0 ? NOT_FOUND : random.pick(fitting);
  }

  function listOf(parts: readonly Any[], depth: number): Any {
    const least = Math.max(0, ...parts.map(({ minItems = 0 }) => minItems));
    const most = Math.min(
      least + random.pick([2, 3, 6]),
      ...parts.map(({ maxItems = 99 }) => maxItems),
    );
    let length = least + random.below(most - least + 1);
    if (depth > 4) length = least;
    const list: Any[] = [];
    for (let at = 0; at < length; at += 1) {
      const inner = parts.map(({ items = true, additionalItems = true }) =>
        Array.isArray(items) ? (items[at] ?? additionalItems) : items,
      );
      const item = makeValue(inner, depth + 1);
      if (item === NOT_FOUND) return at >= least ? list : NOT_FOUND;
      list.push(item);
    }
    return list;
  }

  function objectOf(parts: readonly Any[], depth: number): Any {
    const required = new Set<string>(parts.flatMap((part) => part.required ?? []));
    const names = new Set<string>(parts.flatMap((part) => Object.keys(part.properties ?? {})));
    for (const name of required) names.add(name);
    const isMap = parts.some(
      ({ patternProperties, additionalProperties: more }) =>
        patternProperties !== undefined || (more !== undefined && more !== false),
    );
    const isFree = !isMap && parts.every(({ properties }) => properties === undefined);
    const chance = depth > 4 ? 0 : random.pick([0.2, 0.5, 0.9]);
    if ((isMap || isFree) && depth <= 4) {
      const least = Math.max(0, ...parts.map(({ minProperties = 0 }) => minProperties));
      for (let left = least + random.below(3); left > 0; left -= 1) {
        names.add(random.pick(['k1', 'k2', 'zz', 'Long name', 'q']));
      }
    }
    const made: Any = {};
    for (const name of names) {
      const isExtra = parts.every(({ properties = {} }) => !Object.hasOwn(properties, name));
      if (!required.has(name) && !isExtra && random.next() >= chance) continue;
      const inner = parts.flatMap((part) => {
        const { properties = {}, patternProperties = {}, additionalProperties: more = true } = part;
        const own = Object.hasOwn(properties, name) ? [properties[name]] : [];
        for (const [pattern, schema] of Object.entries(patternProperties)) {
          if (new RegExp(pattern, 'u').test(name)) own.push(schema);
        }
        return own.length > 0 ? own : [more];
      });
      const item = makeValue(inner, depth + 1);
      if (item !== NOT_FOUND) made[name] = item;
      else if (required.has(name)) return NOT_FOUND;
    }
    return made;
  }
}

function isText(schema: Any, text: string): boolean {
  const { pattern, format, minLength = 0, maxLength = 99 } = schema;
  const length = [...text].length;
  if (length < minLength || length > maxLength) return false;
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(text)) return false;
  if (format === undefined) return true;
  const known: Any = formats.fullFormats[format as 'date'];
  const judge = known.validate ?? known;
  return judge instanceof RegExp ? judge.test(text) : judge(text) === true;
}
