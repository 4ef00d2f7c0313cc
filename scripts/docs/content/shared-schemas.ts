import { pointerOfReference } from '../../judge/schema-copy.js';
import { isReference } from '../../spec/grammar.js';
import { joinPointer } from '../../spec/json-pointer.js';
import type { Schema } from '../../spec/model.js';
import type { SpecDocument } from '../../spec/read-spec.js';
import { anchorOf } from '../anchors.js';
import type { Section } from '../content.js';
import { sizeOf } from '../size.js';
import { fieldsOf } from './fields.js';
import type { ProviderContext } from './provider-context.js';

/** How much a payload says before it is described once for several messages, and not with each. */
const MAX_REPEATED = 10_000;

/** Lists the schemas that are described by themselves: those that others refer to, and named ones that no message holds. */
export function sharedSchemasOf({ spec, places }: SpecDocument): Schema[] {
  const held = new Set<string>();
  const repeated = new Set<string>();
  const holders = new Set<string>();
  for (const { pointer, payload, headers } of spec.messages) {
    if (payload !== undefined && held.has(payload.pointer) && sizeOf(payload.json) > MAX_REPEATED) {
      repeated.add(payload.pointer);
    }
    if (payload !== undefined) held.add(payload.pointer);
    if (headers !== undefined) held.add(headers.pointer);
    for (const part of ['payload', 'headers']) {
      holders.add(joinPointer(pointer, part));
      holders.add(joinPointer(pointer, part, 'schema'));
    }
  }
  const referenced = new Set(
    places.flatMap(({ value, kind, pointer }) =>
      kind === 'schema' && isReference(value) && !holders.has(pointer)
        ? [pointerOfReference(value.$ref)]
        : [],
    ),
  );
  return spec.schemas.filter(
    ({ pointer, name }) =>
      referenced.has(pointer) ||
      repeated.has(pointer) ||
      (name !== undefined && !held.has(pointer)),
  );
}

/** Describes a schema by itself. */
export function schemaSection(schema: Schema, context: ProviderContext): Section {
  const id = context.schemaId(schema);
  const title = context.fields.nameOf(`#${schema.pointer}`);
  const fields = fieldsOf(schema, 'the whole', {
    ...context.fields,
    idOf: (path) => `${id}/${anchorOf(path || 'whole')}`,
    consumersOf: () => [],
  });
  return {
    id,
    title,
    finds: 'schema',
    blocks: [{ kind: 'fields', label: `Fields of ${title}`, fields }],
    sections: [],
  };
}
