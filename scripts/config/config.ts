/** What a repository sets in `webhook-contracts.json`; data, never code. */
export interface Config {
  readonly lint: {
    /** Report messages without `x-source`. */
    readonly requireSources: boolean;
    /** Schema keywords beyond the known ones; they are annotations and judge nothing. */
    readonly keywords: readonly string[];
    /** Formats beyond the known ones; they are not judged. */
    readonly formats: readonly string[];
  };
  /** Names in generated code, by spec: for messages by their names, for schemas by their keys. */
  readonly names: Readonly<Record<string, SpecNames>>;
}

/** The names that a configuration gives to one spec's messages and schemas. */
export interface SpecNames {
  readonly messages: Readonly<Record<string, string>>;
  readonly schemas: Readonly<Record<string, string>>;
}

export const defaultConfig: Config = {
  lint: { requireSources: false, keywords: [], formats: [] },
  names: {},
};

const strings = { type: 'array', items: { type: 'string' } } as const;
/** A type's name: letters and digits of any script, the first one no small letter, so that it is no word of the language. */
const names = {
  type: 'object',
  additionalProperties: {
    type: 'string',
    pattern: '^(?=[^\\p{Ll}])\\p{ID_Start}\\p{ID_Continue}*$',
  },
} as const;

/** The JSON Schema of the configuration's file. */
export const configSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    lint: {
      type: 'object',
      additionalProperties: false,
      properties: { requireSources: { type: 'boolean' }, keywords: strings, formats: strings },
    },
    names: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        properties: { messages: names, schemas: names },
      },
    },
  },
} as const;
