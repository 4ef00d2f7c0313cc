import type { Json } from '../spec/model.js';
import { type Case, numbers } from './guarantee.js';
import { shortTextsOf } from './texts.js';

/** Values that tell schemas and matchers apart: of each type, and of each format in its less usual forms. */
const USUAL: readonly Json[] = [
  null,
  true,
  false,
  0,
  1,
  -1,
  2,
  1.5,
  -0.25,
  1_000_000,
  '',
  'a',
  'A b',
  '0',
  '1.00',
  'é€\u{1F600}',
  '2024-02-29',
  '2023-02-31',
  '2024-02-29T23:59:59Z',
  '2024-02-29T23:59:59.123456+02:00',
  '1990-12-31T23:59:60Z',
  '2023-02-31T00:00:00Z',
  '23:59:59Z',
  '23:59:59.5+02:00',
  '123e4567-e89b-12d3-a456-426614174000',
  '123E4567-E89B-12D3-A456-426614174ABC',
  'guest@example.com',
  'Guest.1@EXAMPLE.com',
  'https://example.com/a?b=c#d',
  'example.com',
  '192.0.2.1',
  '2001:db8::1',
  '/a/b',
  'P1DT2H',
];

/** Lists values that a case may have: those its schemas name, those at their bounds, usual ones. */
export function scalarSamples(one: Case): Json[] {
  const isText = one.shape.types?.has('string') ?? true;
  return [...namedValues(one), ...bounds(one), ...USUAL, ...(isText ? shortTextsOf(one) : [])];
}

function namedValues({ parts }: Case): Json[] {
  return parts.flatMap(({ schema }): Json[] => {
    const { const: constant, enum: constants, default: usual, examples } = schema;
    return [
      ...(constant === undefined ? [] : [constant]),
      ...(usual === undefined ? [] : [usual]),
      ...(Array.isArray(constants) ? constants : []),
      ...(Array.isArray(examples) ? examples : []),
    ];
  });
}

function bounds({ parts }: Case): Json[] {
  const lengths = [...numbers(parts, 'minLength'), ...numbers(parts, 'maxLength')];
  return [
    ...numbers(parts, 'minimum').flatMap((bound) => [bound, bound + 0.5]),
    ...numbers(parts, 'maximum').flatMap((bound) => [bound, bound - 0.5]),
    ...numbers(parts, 'exclusiveMinimum').map((bound) => bound + 1),
    ...numbers(parts, 'exclusiveMaximum').map((bound) => bound - 1),
    ...numbers(parts, 'multipleOf'),
    ...lengths
      .filter((length) => length <= 1000)
      .flatMap((length) => ['a', 'Z', '0'].map((character) => character.repeat(length))),
  ];
}
