/**
 * The schemas of AsyncAPI, of extensions and of configurations are interpreted; Ajv, which says what is wrong, has to
 * agree about what is in order.
 */
import { Ajv } from 'ajv';
import { CORE_SCHEMA, load } from 'js-yaml';
import { expect, it } from 'vitest';
import { configSchema } from '../scripts/config/config.js';
import { extensionSchemas } from '../scripts/lint/extension-schemas.js';
import { versions } from '../scripts/spec/check-structure.js';
import { fitsStructure, judgedElsewhere } from '../scripts/spec/fits-structure.js';
import { knownFormats } from '../scripts/spec/formats.js';
import type { Json, JsonObject } from '../scripts/spec/model.js';
import { isObject } from '../scripts/spec/positions.js';
import { structureSchema, structureUri } from '../scripts/spec/structure-schema.js';
import { asVersion2 } from './support/as-version-2.js';
import { caseDocuments, shippedDocuments } from './support/compare-with-parser.js';
import { mutationsOf } from './support/mutate-document.js';
import { randomFrom } from './support/random.js';

/** The documents that can be read. */
const documents: readonly JsonObject[] = [...shippedDocuments(), ...caseDocuments()].flatMap(
  ({ text }) => {
    try {
      // Aliases of YAML become copies.
      const document: Json = JSON.parse(JSON.stringify(load(text, { schema: CORE_SCHEMA })));
      return isObject(document) && isObject(document.channels) ? [document] : [];
    } catch {
      return [];
    }
  },
);

function ajvVerdict(version: (typeof versions)[number]): (value: unknown) => boolean {
  const ajv = new Ajv({
    strict: false,
    validateSchema: false,
    formats: {
      ...knownFormats,
      ...Object.fromEntries([...judgedElsewhere].map((name) => [name, true as const])),
    },
  });
  for (const [uri, definition] of Object.entries(structureSchema(version)))
    if (!uri.startsWith('http://json-schema.org/')) ajv.addSchema(definition, uri);
  const validate = ajv.getSchema(structureUri(version, 'asyncapi'));
  if (validate === undefined) throw new Error(`no schema of ${version}`);
  return (value) => validate(value) === true;
}

it.each(versions)("AsyncAPI %s's own schema gives the verdicts that Ajv gives", (version) => {
  const random = randomFrom(Number(version.replaceAll('.', '')));
  const expected = ajvVerdict(version);
  const verdicts = { fits: 0, breaks: 0 };
  for (const document of documents) {
    const form = version.startsWith('2') ? asVersion2(structuredClone(document)) : document;
    if (form === undefined) continue;
    const original: JsonObject = { ...form, asyncapi: version };
    const mutations = mutationsOf(original);
    const values = [original, ...Array.from({ length: 12 }, () => random.pick(mutations).make())];
    for (const value of values) {
      const verdict = fitsStructure(version, 'asyncapi', value);
      expect(verdict, JSON.stringify(value)).toBe(expected(value));
      verdicts[verdict ? 'fits' : 'breaks'] += 1;
    }
  }
  expect(verdicts.fits).toBeGreaterThan(100);
  expect(verdicts.breaks).toBeGreaterThan(100);
});

it.each([['the configuration', configSchema], ...Object.entries(extensionSchemas)])(
  'the schema of %s is one that Ajv takes in its strict mode',
  (_, schema) => {
    const ajv = new Ajv({ strict: true, allowUnionTypes: true, discriminator: true });
    expect(() => ajv.compile(schema)).not.toThrow();
  },
);
