import { copySchema, pointerOfReference } from '../judge/schema-copy.js';
import type { Json, JsonObject, Message, Schema } from '../spec/model.js';
import { isObject, member } from '../spec/positions.js';
import type { SpecDocument } from '../spec/read-spec.js';
import type { NameOf } from './clauses.js';
import { type Code, code, comment, commentLines, type Identifier, join } from './code.js';
import { compileTypes, type DeclaredType } from './compile-types.js';
import { describeMessage, describeSchema } from './describe.js';
import type { Names } from './names.js';
import { shapeType } from './shape-type.js';

/**
 * Emits `types.d.ts`: a type for every message's payload and headers, and for every named schema.
 * Types say what a consumer may rely on: members that the document does not know are not typed.
 */
export async function emitTypes(read: SpecDocument, names: Names): Promise<Code> {
  return typesModule(await declareTypes(read, names));
}

/** The types of a document: those of schemas, and aliases of them. */
export interface DeclaredTypes {
  readonly compiled: readonly DeclaredType[];
  readonly aliases: readonly DeclaredType[];
}

/** Joins types into the module that declares them. */
export function typesModule({ compiled, aliases }: DeclaredTypes): Code {
  const ofKind = (kind: DeclaredType['kind']) =>
    join(
      compiled.filter((one) => one.kind === kind).map((one) => one.code),
      '',
    );
  const declared = [ofKind('type'), ofKind('interface')].filter(({ text }) => text !== '');
  return join([join(declared, '\n'), ...aliases.map((one) => one.code)], '\n');
}

/** Declares a type for every message's payload and headers, and for every named schema. */
export async function declareTypes({ spec }: SpecDocument, names: Names): Promise<DeclaredTypes> {
  const schemas = new Map(spec.schemas.map((schema) => [schema.pointer, schema]));
  const nameOf = ($ref: string): Identifier => {
    const schema = schemas.get(pointerOfReference($ref));
    if (schema === undefined) throw new Error(`no schema stands at ${$ref}`);
    return names.schema(schema);
  };
  const describe = (schema: Json) => describeSchema(schema, spec.sources, nameOf);
  const describePayload = (message: Message) => describeMessage(message, spec.sources);
  const payloads = new Map(
    spec.messages.toReversed().map((message) => [names.payload(message), message]),
  );

  const definitions = new Map<Identifier, JsonObject>();
  const aliases: DeclaredType[] = [];
  for (const schema of spec.schemas) {
    const name = names.schema(schema);
    const $ref = member(schema.json, '$ref');
    if (typeof $ref === 'string') {
      aliases.push(alias(name, nameOf($ref), describe(schema.json)));
      continue;
    }
    const message = payloads.get(name);
    const about = [message === undefined ? '' : describePayload(message), describe(schema.json)];
    definitions.set(name, {
      ...typeSchema(schema, nameOf, describe),
      ...described(about.filter((text) => text !== '').join('\n\n')),
    });
  }
  for (const message of spec.messages) {
    const { payload } = message;
    const name = names.payload(message);
    const target = payload === undefined ? ('unknown' as Identifier) : names.schema(payload);
    if (name !== target) aliases.push(alias(name, target, describePayload(message)));
  }
  return { compiled: await compileTypes(definitions), aliases };
}

function alias(name: Identifier, target: Identifier, description: string): DeclaredType {
  const bare = code`export type ${name} = ${target};\n`;
  return { kind: 'type', name, code: code`${comment(description)}${bare}`, bare };
}

/** Copies a schema for the type compiler, which reads the copy as the type that we mean. */
function typeSchema(
  schema: Schema,
  nameOf: NameOf,
  describe: (schema: Json) => string,
): JsonObject {
  const copied = copySchema(
    schema.json,
    // By its name: the compiler need not resolve what is declared beside.
    ($ref, original) => ({ tsType: nameOf($ref), ...described(describe(original)) }),
    (copy, original) => Object.assign(shapeType(copy), described(describe(original))),
  );
  // A type of its own: the compiler inlines booleans.
  return isObject(copied) ? copied : { tsType: copied ? 'unknown' : 'never' };
}

/** How many lines of a description types hold: their compiler makes each an argument of one call. */
const MAX_LINES = 10_000;

function described(text: string): { description?: string } {
  const lines = commentLines(text);
  if (lines.length === 0) return {};
  const kept = lines.length > MAX_LINES ? [...lines.slice(0, MAX_LINES), '…'] : lines;
  return { description: kept.join('\n') };
}
