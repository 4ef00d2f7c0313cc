/** What is wrong with a payload is said in plain words, whatever keyword it breaks, and at its place. */
import { expect, it } from 'vitest';
import { createJudge } from '../scripts/judge/judge.js';
import { readSpec } from '../scripts/spec/read-spec.js';
import { temporaryFolder } from './support/temporary-folder.js';

function problemOf(schema: object, value: unknown): object {
  const file = 'words.asyncapi.json';
  const text = JSON.stringify({
    asyncapi: '3.0.0',
    info: { title: 'Words', version: '1.0.0' },
    channels: { c: { messages: { m: { payload: { properties: { a: schema } } } } } },
  });
  const { spec, problems } = readSpec(file, { cwd: temporaryFolder({ [file]: text }) });
  if (spec === undefined) throw new Error(JSON.stringify(problems));
  const result = createJudge(spec).check({ a: value });
  if (result.ok) throw new Error('accepted');
  const [problem] = result.problems;
  return {
    path: problem?.path,
    text: problem?.text,
    expected: problem?.expected,
    found: problem?.found,
  };
}

it.each<[object, unknown, string, string, (string | undefined)?, string?]>([
  [{ type: ['string', 'null'] }, 1, '/a', 'The value has the wrong type.', 'string or null', '1'],
  [{ const: 'x' }, 'y', '/a', 'The value is not the constant.', '"x"', '"y"'],
  [{ enum: ['x', 1] }, 2, '/a', 'The value is not one of those allowed.', '"x", 1', '2'],
  [{ minimum: 2 }, 1, '/a', 'The number is too small.', '>= 2', '1'],
  [{ exclusiveMaximum: 2 }, 2, '/a', 'The number is too large.', '< 2', '2'],
  [{ multipleOf: 5 }, 7, '/a', 'The number is not a multiple.', 'a multiple of 5', '7'],
  [{ minLength: 2 }, 'x', '/a', 'The text is too short.', 'at least 2', '"x"'],
  [{ pattern: '^x' }, 'y', '/a', 'The value does not match its pattern.', '^x', '"y"'],
  [{ format: 'date' }, 'y', '/a', 'The value does not have its format.', 'date', '"y"'],
  [{ maxItems: 1 }, [1, 2], '/a', 'The list is too long.', 'at most 1', 'a list of 2'],
  [
    { items: [{}], additionalItems: false },
    [1, 2],
    '/a',
    'The list is too long.',
    'at most 1',
    'a list of 2',
  ],
  [
    { uniqueItems: true },
    [1, 1],
    '/a',
    'An item of the list stands twice.',
    undefined,
    'a list of 2',
  ],
  [
    { contains: { const: 1 } },
    [2],
    '/a',
    'The list does not hold the items that are demanded.',
    undefined,
    'a list of 1',
  ],
  [{ required: ['b'] }, {}, '/a', 'The member "b" is missing.'],
  [{ minProperties: 1 }, {}, '/a', 'The object has too few members.', 'at least 1', 'an object'],
  [{ additionalProperties: false }, { b: 1 }, '/a/b', 'The member is not allowed here.'],
  [{ propertyNames: { maxLength: 1 } }, { bc: 1 }, '/a', 'The name "bc" is not allowed here.'],
  [{ dependencies: { b: ['c'] } }, { b: 1 }, '/a', 'The member "c" is missing, which "b" needs.'],
  [{ not: {} }, 1, '/a', 'The value is one of those excluded.', undefined, '1'],
  [
    { anyOf: [{ const: 1 }, { const: 2 }] },
    3,
    '/a',
    'The value fits no alternative.',
    undefined,
    '3',
  ],
  [
    { oneOf: [{ minimum: 1 }, { maximum: 5 }] },
    3,
    '/a',
    'The value fits more than one alternative.',
    undefined,
    '3',
  ],
  [{ if: { const: 1 }, else: { const: 2 } }, 3, '/a', 'The value is not the constant.', '2', '3'],
  [{ items: false }, [1], '/a/0', 'No value is allowed here.', undefined, '1'],
])('%j, %j', (schema, value, path, text, expected, found) => {
  expect(problemOf(schema, value)).toEqual({ path, text, expected, found });
});
