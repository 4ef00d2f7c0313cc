import { type Location, type Problem, problem } from '../problems/problem.js';
import { asyncApiDocument } from './asyncapi-document.js';
import { readDelivery } from './delivery.js';
import { readDescription, textOf } from './described.js';
import { isReference, type Visited } from './grammar.js';
import { joinPointer, pointerTokens } from './json-pointer.js';
import type { Example, Message, Schema, Spec } from './model.js';
import { readOperations } from './operations.js';
import { readChannels, readServers } from './places-of-requests.js';
import {
  isContainer,
  isObject,
  type Json,
  type JsonObject,
  type Locate,
  member,
} from './positions.js';
import { follow, lookUp } from './references.js';
import { opened } from './schema-format.js';
import { SecurityIndex } from './security.js';
import { readContradictions, readInfo, readScheme, readSourceDocuments } from './statements.js';
import { MAX_REPEATED } from './traits.js';

/** Builds the model of a bundled, checked document by walking `@asyncapi/parser`'s document model. */
export function buildSpec(
  document: JsonObject,
  places: readonly Visited[],
  version: string,
  { file, name }: { file: string; name: string },
  locate: Locate,
): { spec: Spec | undefined; problems: Problem[] } {
  const { model, origin, overfull } = asyncApiDocument(document, version);
  const schemas = new SchemaIndex(document, places);
  if (overfull !== undefined) {
    const place = locate(`${schemas.pointerOf(overfull) ?? ''}/traits`);
    const limit = MAX_REPEATED;
    return { spec: undefined, problems: [problem('traits.too-many-values', { limit }, place)] };
  }
  const security = new SecurityIndex(model);
  const messages = new Map<object, Message>();
  const byName = new Map<string, Message>();
  const problems: Problem[] = [];
  for (const channel of model.channels().all()) {
    for (const item of channel.messages().all()) {
      const json = item.json() as unknown as JsonObject;
      const known = messages.get(json);
      if (known !== undefined) {
        const again = { ...known, channels: [...new Set([...known.channels, channel.id()])] };
        messages.set(json, again);
        byName.set(known.name, again);
        continue;
      }
      // The model has no id for the key "".
      const id: string = item.id() ?? '';
      const pointer =
        schemas.pointerOf(origin(json)) ?? joinPointer('/channels', channel.id(), 'messages', id);
      const messageName = item.name() ?? id;
      const earlier = byName.get(messageName);
      if (earlier !== undefined) {
        problems.push(
          problem(
            'message.duplicate',
            { name: messageName },
            placeOfName(document, pointer, locate),
            placeOfName(document, earlier.pointer, locate),
          ),
        );
        continue;
      }
      const message: Message = {
        name: messageName,
        pointer,
        ...readDescription(json),
        channels: [channel.id()],
        contentType: textOf(json.contentType) ?? textOf(document.defaultContentType),
        payload: schemas.at(json.payload, `${pointer}/payload`),
        headers: readHeaders(json, pointer, schemas),
        examples: readExamples(json.examples, pointer),
        correlationId: readCorrelation(json.correlationId, pointer, (held) =>
          schemas.pointerOf(origin(held)),
        ),
        security: security.requirementOf(json),
      };
      messages.set(json, message);
      byName.set(messageName, message);
    }
  }
  if (messages.size === 0) problems.push(problem('message.none', {}, locate('/channels')));
  if (problems.length > 0) return { spec: undefined, problems };
  const info = model.info();
  const spec: Spec = {
    name,
    file,
    title: info.title(),
    version: info.version(),
    description: info.description(),
    info: readInfo(document, version),
    servers: readServers(model),
    channels: readChannels(model),
    messages: [...messages.values()],
    operations: readOperations(
      model,
      (message) => messages.get(message)?.name,
      (operation) => schemas.pointerOf(origin(operation)),
      security,
    ),
    schemas: schemas.all(),
    sources: readSourceDocuments(document['x-sources']),
    credentials: security.credentials(),
    schemes: security.schemes().map(readScheme),
    contradictions: readContradictions(document['x-contradictions']),
    delivery: readDelivery(document['x-delivery']),
  };
  return { spec, problems };
}

/** Returns where a message's name stands: its `name`, in AsyncAPI 2 its `messageId`, or else its key. */
export function placeOfName(document: JsonObject, pointer: string, locate: Locate): Location {
  const message = follow(document, { $ref: `#${pointer}` });
  const field = ['name', 'messageId'].find((one) => member(message, one) !== undefined);
  return field === undefined ? locate(pointer, 'key') : locate(`${pointer}/${field}`);
}

/** Finds the schemas that have a pointer of their own, and names each by the place where it stands first. */
class SchemaIndex {
  readonly #pointers = new Map<object, string>();
  readonly #schemas = new Map<string, Schema>();

  constructor(
    private readonly document: JsonObject,
    places: readonly Visited[],
  ) {
    const references: (JsonObject & { $ref: string })[] = [];
    for (const { value, kind, pointer } of places) {
      if (isContainer(value) && !this.#pointers.has(value)) this.#pointers.set(value, pointer);
      if (kind === 'schema' && isReference(value)) references.push(value);
    }
    const named = member(member(document, 'components'), 'schemas');
    for (const [key, value] of isObject(named) ? Object.entries(named) : []) {
      const place = joinPointer('/components/schemas', key);
      // A reference that stands first in a place without a name has none.
      const isElsewhere = isReference(value) && this.#pointers.get(value) !== place;
      if (!isElsewhere) this.#add(value, place);
    }
    // From here on every reference names its schema by the one pointer that the index knows.
    for (const value of references) value.$ref = `#${this.#target(value).pointer}`;
  }

  pointerOf(object: object): string | undefined {
    return this.#pointers.get(object);
  }

  all(): Schema[] {
    return [...this.#schemas.values()];
  }

  /** Returns the schema that stands, or is referenced, at a place. */
  at(value: Json | undefined, pointer: string): Schema | undefined {
    if (value === undefined) return undefined;
    return isReference(value) ? this.#target(value) : this.#add(value, pointer);
  }

  /** Finds what a reference names; where that is a reference without a name of its own, what that one names. */
  #target({ $ref }: JsonObject & { $ref: string }): Schema {
    const value = lookUp(this.document, $ref) ?? true;
    const place = $ref.slice(1);
    return isReference(value) && nameOf(this.#pointers.get(value) ?? place) === undefined
      ? this.#target(value)
      : this.#add(value, place);
  }

  /** Registers a schema under the pointer where it stands first; opens a wrapper. */
  #add(value: Json, place: string): Schema {
    const pointer = (isContainer(value) ? this.#pointers.get(value) : undefined) ?? place;
    const known = this.#schemas.get(pointer);
    if (known !== undefined) return known;
    const schema: Schema = {
      pointer,
      name: nameOf(pointer),
      json: opened(value),
    };
    this.#schemas.set(pointer, schema);
    return schema;
  }
}

/** Returns the key of one of the document's named schemas, where a pointer leads to such. */
function nameOf(pointer: string): string | undefined {
  return /^\/components\/schemas\/[^/]+$/.test(pointer) ? pointerTokens(pointer)[2] : undefined;
}

/**
 * Returns the schema of a message's headers: its own, that of its HTTP binding, or both together.
 * https://github.com/asyncapi/bindings/tree/master/http#message-binding-object
 */
function readHeaders(
  { headers, bindings }: JsonObject,
  pointer: string,
  schemas: SchemaIndex,
): Schema | undefined {
  const bound = member(member(bindings, 'http'), 'headers');
  if (bound === undefined) return schemas.at(headers, `${pointer}/headers`);
  if (headers === undefined) return schemas.at(bound, `${pointer}/bindings/http/headers`);
  return schemas.at({ allOf: [opened(headers), bound] }, `${pointer}/bindings/http`);
}

function readCorrelation(
  value: Json | undefined,
  pointer: string,
  pointerOf: (object: object) => string | undefined,
): Message['correlationId'] {
  const location = textOf(member(value, 'location'));
  if (!isObject(value) || location === undefined) return undefined;
  return { location, pointer: pointerOf(value) ?? `${pointer}/correlationId` };
}

function readExamples(examples: Json | undefined, pointer: string): Example[] {
  if (!Array.isArray(examples)) return [];
  return examples.map((example, index) => ({
    name: textOf(member(example, 'name')),
    summary: textOf(member(example, 'summary')),
    pointer: joinPointer(pointer, 'examples', index),
    payload: member(example, 'payload'),
    headers: member(example, 'headers'),
  }));
}
