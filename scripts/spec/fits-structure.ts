import { interpreterOf, type Validator } from '../judge/interpret.js';
import { copySchema, referenceTo } from '../judge/schema-copy.js';
import type { Version } from './check-structure.js';
import type { Json, JsonObject } from './positions.js';
import { lookUp } from './references.js';
import { type StructureSchema, structureSchema, structureUri } from './structure-schema.js';

/**
 * Tells whether a value fits one of AsyncAPI's own definitions. The schema is interpreted: most documents are in order,
 * and compiling what could say why one is not takes longer than all other checks of it.
 */
export function fitsStructure(version: Version, name: string, value: Json): boolean {
  const key = structureUri(version, name);
  const validate = validators.get(key) ?? validatorOf(structureSchema(version), key);
  validators.set(key, validate);
  return validate(value);
}

const validators = new Map<string, Validator>();

/** Makes the validator of a definition from copies of all that it leads to. */
function validatorOf(schema: StructureSchema, entry: string): Validator {
  const definitions: JsonObject = {};
  const tokens = new Map<string, string>();
  const referTo = (uri: string): JsonObject => {
    const token = tokens.get(uri) ?? String(tokens.size);
    tokens.set(uri, token);
    return referenceTo(token);
  };
  const start = referTo(entry);
  // A map takes what is added while it is walked.
  for (const [uri, token] of tokens) {
    const [id = '', pointer = ''] = uri.split('#');
    const named = pointer === '' ? schema[id] : lookUp(schema[id] ?? {}, `#${pointer}`);
    if (named === undefined) throw new Error(`AsyncAPI has no definition of ${uri}`);
    definitions[token] = copySchema(
      named,
      ($ref) => referTo($ref.startsWith('#') ? `${id}${$ref}` : $ref),
      leaveToOthers,
    );
  }
  return interpreterOf(definitions)(start);
}

/** Formats that other checks judge, with better words. */
export const judgedElsewhere: ReadonlySet<string> = new Set(['regex', 'uri-reference']);

function leaveToOthers(copy: JsonObject): void {
  if (judgedElsewhere.has(String(copy.format))) delete copy.format;
}
