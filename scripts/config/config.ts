import { type Level, levels, type Rule, rules } from '../compare/rules.js';

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
  /** What `generate` makes without arguments; none: `generated`, of all of `./specs`. */
  readonly outputs: readonly OutputConfig[];
  readonly diff: {
    /** What has to stay between two versions of a document. */
    readonly level: Level;
    /** Changes that are meant. */
    readonly ignore: readonly IgnoredChange[];
  };
}

/** A change that `diff` reports and does not hold against anybody. */
export interface IgnoredChange {
  readonly rule: Rule | 'diff.relied-on';
  /**
   * Where: a spec's name, or a place in it, `mews#/components/schemas/Status`, as a JSON Pointer in the old or the new
   * document; what stands below it counts. For `diff.relied-on` it is the name of whom the pact is of.
   */
  readonly place: string;
  /** Why it is meant. */
  readonly reason: string;
}

/** An output folder, and the documents that it is made of. */
export interface OutputConfig {
  /** The folder, relative to the configuration's. No output lies in another one. */
  readonly out: string;
  /** Documents: files, folders of them, or providers by name, as on the command line. */
  readonly specs: readonly string[];
}

/** The names that a configuration gives to one spec's messages and schemas. */
export interface SpecNames {
  readonly messages: Readonly<Record<string, string>>;
  readonly schemas: Readonly<Record<string, string>>;
}

export const defaultConfig: Config = {
  lint: { requireSources: false, keywords: [], formats: [] },
  names: {},
  outputs: [],
  diff: { level: 'wire', ignore: [] },
};

const strings = { type: 'array', items: { type: 'string' } } as const;
/** A type's name: letters and digits of any script, the first one no small letter, so that it is no word of the language. */
const names = {
  type: 'object',
  additionalProperties: {
    type: 'string',
    pattern: '^(?=[^\\p{Ll}])\\p{ID_Start}\\p{ID_Continue}*$',
    $comment:
      'be letters and digits, beginning with a capital or a letter of a script without capitals',
  },
} as const;

/** The JSON Schema of the configuration's file, shipped as `webhook-contracts/config.schema.json`. */
export const configSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'webhook-contracts.json',
  type: 'object',
  additionalProperties: false,
  properties: {
    $schema: { type: 'string', description: 'Where editors find this schema.' },
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
    diff: {
      type: 'object',
      additionalProperties: false,
      properties: {
        level: { enum: levels },
        ignore: {
          type: 'array',
          items: {
            type: 'object',
            additionalProperties: false,
            required: ['rule', 'place', 'reason'],
            properties: {
              rule: { enum: [...Object.keys(rules), 'diff.relied-on'] },
              place: {
                type: 'string',
                pattern: '^[^#\\s/][^#]*(#(/.*)?)?$',
                $comment:
                  "be a document's name, or one with # and a JSON Pointer, such as orders#/channels",
              },
              reason: { type: 'string', pattern: '\\S', $comment: 'say why' },
            },
          },
        },
      },
    },
    outputs: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['out', 'specs'],
        properties: {
          out: { type: 'string', minLength: 1 },
          specs: { type: 'array', items: { type: 'string', minLength: 1 }, minItems: 1 },
        },
      },
    },
  },
} as const;
