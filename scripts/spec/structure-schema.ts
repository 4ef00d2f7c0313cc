import { createRequire } from 'node:module';
import type { Version } from './check-structure.js';
import type { JsonObject } from './positions.js';

/** AsyncAPI's own JSON Schema of a version: what its definitions say, by their URIs. */
export type StructureSchema = Readonly<Record<string, JsonObject>>;

interface Section {
  patternProperties?: Record<string, object>;
  additionalProperties?: object;
}

interface Components {
  readonly properties: Record<string, Section>;
}

const require = createRequire(import.meta.url);
const cache = new Map<Version, StructureSchema>();

/** Returns the URI of a definition. */
export function structureUri(version: Version, name: string): string {
  return `http://asyncapi.com/definitions/${version}/${name}.json`;
}

/**
 * Reads the AsyncAPI project's own JSON Schema of a version, without JSON Schema's, and with what this toolchain reads
 * beyond it. https://github.com/asyncapi/spec-json-schemas
 */
export function structureSchema(version: Version): StructureSchema {
  const known = cache.get(version);
  if (known !== undefined) return known;
  const { definitions, ...root } = structuredClone(
    require(`@asyncapi/specs/schemas/${version}.json`),
  ) as JsonObject & { definitions: Record<string, JsonObject> };
  const named = (name: string) => structureUri(version, name);
  // Names of components may be of any script: what stands under them is checked all the same.
  const components = definitions[named('components')] as unknown as Components;
  // A channel of another file moves here, also where AsyncAPI knows no named channels yet.
  components.properties.channels ??= { additionalProperties: { $ref: named('channelItem') } };
  // Up to 2.4 a parameter may itself hold "$ref", and a reference would be two things at once.
  const parameter = definitions[named('parameter')] as unknown as Components;
  delete parameter.properties.$ref;
  for (const section of Object.values(components.properties)) {
    const [held] = Object.values(section.patternProperties ?? {});
    if (held !== undefined) section.patternProperties = { '': held };
  }
  const schema = { ...definitions, [named('asyncapi')]: root };
  cache.set(version, schema);
  return schema;
}
