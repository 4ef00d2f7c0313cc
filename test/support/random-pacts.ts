import type { Any, TestContents, TestRule } from './pact-matching.js';
import type { Random } from './random.js';

type Path = readonly (string | number)[];

/** Makes contents of a delivery: some members left out, some lists cut to one item, some values under rules. */
export function randomContents(delivery: Any, random: Random): TestContents {
  const rules: Record<string, TestRule> = {};
  const maybe = (chance: number) => random.next() < chance;
  const ruled = random.pick([0.2, 0.5, 0.9]);
  const kept = random.pick([0.4, 0.7, 0.95]);
  const add = (path: Path, matchers: readonly Any[], combine: 'AND' | 'OR' = 'AND') => {
    rules[expression(path)] = { combine, matchers };
  };
  const walk = (value: Any, path: Path): Any => {
    if (Array.isArray(value)) return list(value, path);
    if (typeof value === 'object' && value !== null) return object(value, path);
    if (maybe(ruled)) {
      const isOr = maybe(0.1);
      add(path, isOr ? [scalar(value), scalar(value)] : [scalar(value)], isOr ? 'OR' : 'AND');
      if (!isOr && maybe(0.05)) add(path, [scalar(value), scalar(value)]);
    }
    return value;
  };
  const list = (value: Any[], path: Path): Any => {
    const isRuled = maybe(ruled);
    if (isRuled) {
      const bounds = random.pick<Any>([{}, {}, { min: 1 }, { min: 1 }, { min: 2 }, { max: 4 }]);
      add(path, [maybe(0.05) ? { match: 'notEmpty' } : { match: 'type', ...bounds }]);
    }
    const shown = isRuled && maybe(0.7) ? value.slice(0, 1) : value;
    const isStar = isRuled && maybe(0.8);
    return shown.map((item, at) => walk(item, [...path, isStar ? '[*]' : at]));
  };
  const object = (value: Any, path: Path): Any => {
    const entries = Object.entries(value);
    const isMap = entries.some(([name]) => /^(?:k\d|zz|q|Long name)$/.test(name));
    if (isMap && maybe(ruled)) {
      const key = { match: 'eachKey', rules: [{ match: 'regex', regex: '[a-z][0-9a-z]?' }] };
      const isFlat = entries.every(([, item]) => typeof item !== 'object' || item === null);
      if (isFlat && maybe(0.4)) {
        const each = { match: 'eachValue', rules: [scalar(entries[0]?.[1] ?? null)] };
        add(path, maybe(0.3) ? [key, each] : [each]);
        return value;
      }
      add(path, [{ match: 'values' }]);
      const [first] = entries;
      if (first === undefined) return value;
      if (typeof first[1] !== 'object' || first[1] === null)
        add([...path, '*'], [scalar(first[1])]);
      return { [first[0]]: walk(first[1], [...path, '*']) };
    }
    if (maybe(ruled * 0.3)) {
      add(path, [maybe(0.9) ? { match: 'type' } : { match: 'notEmpty' }]);
    }
    return Object.fromEntries(
      entries.filter(() => maybe(kept)).map(([name, item]) => [name, walk(item, [...path, name])]),
    );
  };
  const scalar = (value: Any): Any => {
    const common = [{ match: 'type' }, { match: 'type' }, { match: 'equality' }];
    if (value === null) return random.pick([...common, { match: 'null' }]);
    if (typeof value === 'boolean') return random.pick([...common, { match: 'boolean' }]);
    if (typeof value === 'number') {
      return random.pick<Any>([
        ...common,
        { match: 'integer' },
        { match: 'number' },
        { match: 'decimal' },
        { match: 'regex', regex: random.pick(['\\d+', '-?\\d+', '^\\d{1,9}$']) },
      ]);
    }
    const fitting = REGEXES.filter((regex) => new RegExp(`^(?:${regex})$`, 'u').test(value));
    return random.pick<Any>([
      ...common,
      ...fitting.map((regex) => ({ match: 'regex', regex })),
      ...DATES.filter(([regex]) => regex.test(value)).map(([, match, format]) => ({
        match,
        format,
      })),
      ...(/^\d+\.\d+\.\d+$/.test(value) ? [{ match: 'semver' }] : []),
      { match: 'notEmpty' },
      { match: 'include', value: value.slice(0, 2) },
    ]);
  };
  return { content: walk(delivery, []), rules };
}

const REGEXES = [
  ...['.*', '.+', '[A-Z]{3}', '^[A-Z]+$', '\\d{2,4}', '\\d+', '[a-z]+(?:-[a-z]+)*', 'x.*'],
  ...[
    'open|closed',
    '(?:open|closed)',
    'open',
    'a|b|x',
    'k0|k1|k2',
    'k\\d',
    '.*b',
    '.{0,6}',
    '.{1,}',
  ],
  ...[
    '\\d{4}-\\d{2}-\\d{2}',
    '\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d+)?(?:Z|[+-]\\d{2}:\\d{2})',
  ],
  ...[
    '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}',
    '[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}',
  ],
  ...['\\S+@\\S+', 'https?://.*', '[^,]*'],
];

const DATES = [
  [/^\d{4}-\d\d-\d\d$/, 'date', 'yyyy-MM-dd'],
  [/^\d\d:\d\d:\d\d$/, 'time', 'HH:mm:ss'],
  [/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)$/, 'datetime', "yyyy-MM-dd'T'HH:mm:ssXXX"],
] as const;

function expression(path: Path): string {
  const steps = path.map((step) => {
    if (typeof step === 'number') return `[${step}]`;
    if (step === '[*]') return step;
    return /^[\w*]+$/.test(step) ? `.${step}` : `['${step}']`;
  });
  return `$${steps.join('')}`;
}

/** Writes a V4 message pact about the message `thing.happened` of the operation `sendThings`. */
export function pactOf(interactions: readonly TestContents[], isLinked = true): Any {
  const link = { AsyncAPI: { operationId: 'sendThings', messageId: 'thing.happened' } };
  return {
    consumer: { name: 'reader' },
    provider: { name: 'writer' },
    interactions: interactions.map(({ content, rules }, at) => ({
      type: 'Asynchronous/Messages',
      description: `interaction ${at}`,
      pending: false,
      ...(isLinked ? { comments: { references: link } } : {}),
      contents: { content, contentType: 'application/json', encoded: false },
      ...(Object.keys(rules).length > 0 ? { matchingRules: { body: rules } } : {}),
    })),
    metadata: { pactSpecification: { version: '4.0' } },
  };
}
