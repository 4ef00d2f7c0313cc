import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import addFormats from 'ajv-formats';
import { load } from 'js-yaml';

interface Document {
  readonly channels: Readonly<
    Record<string, { readonly messages: Readonly<Record<string, Message>> }>
  >;
}

interface Message {
  readonly $ref?: string;
  readonly headers?: object;
}

/** Returns how much code Ajv's standalone mode makes, by default, of every payload and headers schema of a document. */
export function ajvBytes(file: string): number {
  const document = load(readFileSync(file, 'utf8')) as Document;
  const ajv = new Ajv({ code: { source: true, esm: true }, strict: false });
  addFormats.default(ajv);
  ajv.addSchema(document, 'document');
  const places = Object.entries(document.channels).flatMap(([channel, { messages }]) =>
    Object.entries(messages).flatMap(([key, { $ref, headers }]) => {
      const place = $ref ?? `#/channels/${channel}/messages/${key}`;
      return [`${place}/payload`, ...(headers === undefined ? [] : [`${place}/headers`])];
    }),
  );
  const exported = Object.fromEntries(
    places.map((place, index) => [`validate${index}`, `document${place}`]),
  );
  return Buffer.byteLength(standalone.default(ajv, exported));
}
