/** What `needed` writes is right by what `verify` judges. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkContents } from '../scripts/contract/check-contents.js';
import type { PathToken, Rule } from '../scripts/contract/pact.js';
import { RuleIndex } from '../scripts/contract/rule-index.js';
import { contentsOf } from '../scripts/pact/contents.js';
import { openDocument, type PactDocument } from '../scripts/pact/document.js';
import { integerLike, matcherIn, matching } from '../scripts/pact/matchers.js';
import { needed } from '../scripts/pact/needs.js';
import type { Json, Message } from '../scripts/spec/model.js';
import { isObject } from '../scripts/spec/positions.js';
import { randomFrom } from './support/random.js';
import { randomSchema } from './support/random-schemas.js';
import { inRepository, providers } from './support/repository.js';
import { temporaryFolder } from './support/temporary-folder.js';

/** Splits what the library writes into values and rules, as Pact does. */
function read(made: Json, tokens: readonly PathToken[], rules: Rule[]): Json {
  if (Array.isArray(made)) {
    return made.map((item, index) => read(item, [...tokens, { name: index }], rules));
  }
  if (!isObject(made)) return made;
  const { 'pact:matcher:type': match, value } = made;
  if (match === undefined) {
    return Object.fromEntries(
      Object.entries(made).map(([name, held]) => [name, read(held, [...tokens, { name }], rules)]),
    );
  }
  const path = JSON.stringify(tokens);
  rules.push({ path, tokens, combine: 'AND', matchers: [matcherIn(made)], pointer: '' });
  if (!Array.isArray(value)) return value ?? null;
  return value.map((item) => read(item, [...tokens, '*'], rules));
}

/** Lists the problems of a message that is needed whole. */
function problemsOf({ guarantee }: PactDocument, message: Message, made: Json) {
  const { json: schema, pointer } = message.payload ?? { json: true, pointer: '' };
  const rules: Rule[] = [];
  const value = read(made, [], rules);
  const expected = { value, rules: new RuleIndex(rules) };
  expect(expected.rules.unused(value)).toEqual([]);
  return checkContents(guarantee, [{ schema, pointer }], expected, () => []).map(
    ({ code, path, details }) => ({ code, path, details }),
  );
}

function neededOf({ guarantee }: PactDocument, { payload: schema, examples }: Message): Json {
  const shown = examples.flatMap(({ payload }) => (payload === undefined ? [] : [payload]));
  return contentsOf({ guarantee, schema, examples: shown }, needed);
}

/** Another interaction shows null. */
const isClosable = ({ code }: { code: string }) => code === 'pact.value.nullable';

describe.each([...providers, 'shop.asyncapi.yaml'])('%s', (spec) => {
  const folder = providers.includes(spec) ? '.' : 'test/cases/pact-library';
  const document = openDocument(spec, inRepository(folder));
  it.each(document.spec.messages.map((message) => [message.name, message] as const))(
    'needs %s without problems',
    (_, message) => {
      const made = neededOf(document, message);
      expect(problemsOf(document, message, made).filter((one) => !isClosable(one))).toEqual([]);
    },
  );
});

it('finds what a document does not guarantee', () => {
  const document = openDocument('shop.asyncapi.yaml', inRepository('test/cases/pact-library'));
  const [placed] = document.spec.messages as [Message];
  const made = { customer: { vat: integerLike(1) }, code: matching('AB1', '^A.*$'), nothing: 1 };
  const codes = problemsOf(document, placed, made).map(({ code }) => code);
  expect(codes).toContain('pact.field.optional');
  expect(codes).toContain('pact.rule.broken');
  expect(codes).toContain('pact.field.unknown');
});

it('needs random schemas without problems', () => {
  const folder = temporaryFolder();
  const found: unknown[] = [];
  let [count, refused] = [0, 0];
  for (let seed = 1; seed <= 250; seed += 1) {
    const { payload, schemas } = randomSchema(randomFrom(seed));
    const file = `random-${seed}.asyncapi.json`;
    const random = {
      asyncapi: '3.1.0',
      info: { title: 'Random', version: '1' },
      channels: { hooks: { address: null, messages: { thing: { payload } } } },
      components: { schemas },
    };
    writeFileSync(join(folder, file), JSON.stringify(random));
    const document = openDocument(file, folder);
    const [message] = document.spec.messages as [Message];
    try {
      const made = neededOf(document, message);
      count += 1;
      const problems = problemsOf(document, message, made).filter((one) => !isClosable(one));
      if (problems.length > 0) found.push({ seed, payload, schemas, made, problems });
    } catch (error) {
      // What Pact has no rule for, such as several types.
      if (!(error instanceof TypeError)) throw error;
      refused += 1;
    }
  }
  expect(found).toEqual([]);
  expect(count).toBeGreaterThan(2 * refused);
}, 60_000);
