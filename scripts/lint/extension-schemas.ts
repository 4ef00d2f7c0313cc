/**
 * The extensions that this package adds to AsyncAPI, as JSON Schemas: what a webhook has and AsyncAPI has no
 * place for. The README says what they are for.
 */

const source = {
  type: 'object',
  required: ['document', 'section'],
  additionalProperties: false,
  properties: {
    /** An id in the document's `x-sources`. */
    document: { type: 'string' },
    /** The heading or table that says so. */
    section: { type: 'string', minLength: 1 },
  },
} as const;

const sources = { anyOf: [source, { type: 'array', items: source, minItems: 1 }] } as const;

/** A delivery rule: its value, or `not stated`; who says so, or where one would look. */
const rule = (value: object) => ({
  type: 'object',
  required: ['value', 'source'],
  additionalProperties: false,
  properties: {
    value: { anyOf: [{ const: 'not stated' }, value] },
    source: sources,
    note: { type: 'string' },
    inferred: { type: 'string' },
  },
});

const statuses = {
  type: 'array',
  minItems: 1,
  items: {
    anyOf: [
      { type: 'integer', minimum: 200, maximum: 599 },
      { type: 'string', pattern: '^[2-5][0-9]{2}-[2-5][0-9]{2}$' },
    ],
  },
} as const;

const text = { type: 'string', minLength: 1 } as const;

/** Whose secret it is, in words. */
const secretInWords = text;

/** How far a signed time may be from now, in seconds, before and after. */
const tolerance = { type: 'integer', minimum: 1, maximum: 86_400 } as const;

export const extensionSchemas: Readonly<Record<string, object>> = {
  /** The documents that a spec was written from, by a short id. At the document's root. */
  'x-sources': {
    type: 'object',
    additionalProperties: {
      type: 'object',
      required: ['title', 'date'],
      additionalProperties: false,
      properties: {
        title: text,
        url: text,
        /** The number of the document as it was given to the authors. */
        seed: text,
        date: { type: 'string', pattern: '^([0-9]{4}-[0-9]{2}-[0-9]{2}|not stated)$' },
        certainty: { enum: ['high', 'medium', 'low'] },
        note: text,
      },
    },
  },
  /** Which document and section states this. On any object. */
  'x-source': sources,
  /** What this was inferred from, where no document states it. On any object. */
  'x-inferred': text,
  /** The unit of a value. On schemas. */
  'x-unit': text,
  /** How deliveries are answered and repeated. At the document's root. */
  'x-delivery': {
    type: 'object',
    additionalProperties: false,
    properties: {
      /** The statuses (or ranges of them) that count as delivered. */
      success: rule(statuses),
      /** The statuses that count as not delivered. */
      failure: rule({ anyOf: [statuses, { const: 'any other' }] }),
      responseBody: rule(text),
      /** How often one message may be sent to the same URL, the first time included. */
      attempts: rule({ type: 'integer', minimum: 1 }),
      retryDelay: rule(text),
      timeout: rule(text),
      ordering: rule(text),
      /** What a second URL gets, and when. */
      fallback: rule(text),
      /** The header or field that identifies a delivery. */
      deliveryId: rule(text),
      /** What may come more than once without being a repetition. */
      repeats: rule(text),
    },
  },
  /** What the documentation leaves open, or where it contradicts itself, about the whole. At the document's root. */
  'x-contradictions': {
    type: 'array',
    minItems: 1,
    items: {
      type: 'object',
      required: ['about', 'description'],
      additionalProperties: false,
      properties: {
        /** A short title, in plain text. */
        about: text,
        /** The contradiction or the gap, and how the document reads it. Markdown. */
        description: text,
        /** The places that contradict each other, or where one would look. */
        source: sources,
      },
    },
  },
  /** What a security scheme's header holds. On security schemes of type `httpApiKey`, in a header. */
  'x-credential': {
    type: 'object',
    discriminator: { propertyName: 'kind' },
    oneOf: [
      {
        type: 'object',
        additionalProperties: false,
        required: ['kind', 'algorithm', 'encoding', 'over'],
        properties: {
          kind: { const: 'hmac' },
          algorithm: { const: 'sha256' },
          encoding: { enum: ['base64', 'hex'] },
          over: { const: 'raw body' },
          /** What stands before the code, `sha256=` for example. */
          prefix: { type: 'string', pattern: '^[!-~]+$' },
          secret: secretInWords,
        },
      },
      {
        type: 'object',
        additionalProperties: false,
        required: ['kind', 'algorithm'],
        properties: {
          kind: { const: 'timestamped-hmac' },
          algorithm: { const: 'sha256' },
          tolerance,
          secret: secretInWords,
        },
      },
      {
        type: 'object',
        additionalProperties: false,
        required: ['kind'],
        properties: { kind: { const: 'standard-webhooks' }, tolerance, secret: secretInWords },
      },
      {
        type: 'object',
        additionalProperties: false,
        required: ['kind', 'name'],
        properties: {
          kind: { const: 'static-header' },
          /** `free`: the subscriber chooses the name; the scheme's own is an example. */
          name: { enum: ['free', 'fixed'] },
          required: { type: 'boolean' },
        },
      },
    ],
  },
};
