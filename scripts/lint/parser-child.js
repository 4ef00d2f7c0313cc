// @ts-check
/** Runs `@asyncapi/parser` on the document that standard input brings, and prints what it found as JSON. */
import { text } from 'node:stream/consumers';
import { Parser } from '@asyncapi/parser';

/** @typedef {{ isError: boolean, rule: string, text: string, path: (string | number)[] }} Diagnostic */

// The document is bundled: what is left of references to elsewhere stands in examples and extensions, where
// it is data. The parser follows them all the same; only a resolver that answers first, with text, stops it
// from opening files and connections.
const nothing = ['file', 'http', 'https'].map((schema) => ({ schema, order: 1, read: () => '{}' }));

const parser = new Parser({ __unstable: { resolver: { cache: false, resolvers: nothing } } });
const { diagnostics } = await parser.parse(await text(process.stdin));
/** @type {Diagnostic[]} */
const found = diagnostics
  // Beyond errors (0) and warnings (1) there is advice, such as to use the newest version.
  .filter(({ severity }) => severity <= 1)
  .map(({ severity, code, message, path }) => ({
    isError: severity === 0,
    rule: String(code),
    text: message,
    path: [...path],
  }));
process.stdout.write(JSON.stringify(found));
