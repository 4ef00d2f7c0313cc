/**
 * What `@asyncapi/parser` rejects with its full rule set, `lint` rejects: asked of every document in test/cases, and
 * of documents into which small mistakes were put.
 */
import { expect, it } from 'vitest';
import { asyncApiParser } from './support/asyncapi-parser.js';
import {
  acceptedByLint,
  caseDocuments,
  compareMutants,
  shippedDocuments,
} from './support/compare-with-parser.js';

/** The documents that the parser rejects and `lint` does not, and why. */
const differences: Readonly<Record<string, string>> = {
  'good-2020-12': 'The parser knows no "$id" of a schema in a document.',
  'good-id-as-data': 'The parser knows no "$id" of a schema in a document.',
  'good-identifiers-of-draft-07': 'The parser knows no "$id" of a schema in a document.',
  'good-inherited-names':
    'The parser fails on a member "hasOwnProperty", a name like any other: "target.hasOwnProperty is not a function".',
  'good-quoted-merge-key':
    'The parser takes a quoted "<<" for a merge key; YAML merges by the plain one only.',
  'good-reference-as-data':
    'In defaults, examples and extensions a "$ref" is data; the parser follows it.',
  'good-reference-as-data-in-message-example':
    'In a message\'s examples a "$ref" is data; the parser follows it.',
  'yaml-core-tags': "The parser's YAML knows no tag !!int; the core schema of YAML 1.2 has it.",
};

/** Small documents that hold, together, every object of AsyncAPI and every keyword of a schema. */
const mutated = [
  'extension-all-in-order',
  'good-all-keywords',
  'good-all-objects',
  'good-channel-of-components',
  'good-message-traits',
  'good-multi-format',
  'good-multi-format-component',
  'good-operation-traits',
  'good-recursive',
  'good-shared-message',
  'good-told-by-header',
  'good-version-2-all-objects',
  'good-version-2-reference-into-a-message',
];

const ask = asyncApiParser();

it('rejects every document of the cases that the parser rejects, but for known differences', async () => {
  const accepts = acceptedByLint();
  const documents = [...shippedDocuments(), ...caseDocuments()];
  const accepted = documents.filter(({ text }) => accepts(text));
  expect(accepted.length).toBeGreaterThan(30);
  const rejected: string[] = [];
  for (const { name, text } of accepted) if ((await ask(text)).length > 0) rejected.push(name);
  expect(rejected.sort()).toEqual(Object.keys(differences).sort());
});

it('has an oracle that finds fault with broken documents', async () => {
  const rejected: string[] = [];
  for (const { name, text } of caseDocuments().filter(({ name }) => /^structure-/.test(name))) {
    if ((await ask(text)).length > 0) rejected.push(name);
  }
  expect(rejected.length).toBeGreaterThan(25);
});

it('rejects every mutant of a shipped document that the parser rejects', async () => {
  const found = await compareMutants(shippedDocuments(), { count: 30, seed: 20_26, ask });
  expect(found.disagreements).toEqual([]);
  expect(found.accepted).toBeGreaterThan(15);
});

it('rejects every mutant of a small document that the parser rejects', async () => {
  const documents = caseDocuments().filter(({ name }) => mutated.includes(name));
  expect(documents.map(({ name }) => name)).toEqual(mutated);
  const found = await compareMutants(documents, { count: 60, seed: 11, ask });
  expect(found.disagreements).toEqual([]);
  expect(found.accepted).toBeGreaterThan(60);
});
