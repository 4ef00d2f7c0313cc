import { joinPointer } from './json-pointer.js';
import { isContainer, isObject, type Json, type JsonObject, member } from './positions.js';
import { type Dialect, dialectOf } from './schema-format.js';

/**
 * The objects of AsyncAPI 2 and 3 that hold, or are held by, others: which field holds what, and which of them
 * may be given by reference. Fields of either version are walked in both; the check of the structure refuses those of
 * the other. Fields that are not named here hold data and are never followed;
 * `*` names every field of an object whose fields are protocols.
 * https://www.asyncapi.com/docs/reference/specification/v3.1.0#schema
 */
export type Kind =
  | 'root'
  | 'info'
  | 'components'
  | 'server'
  | 'serverVariable'
  | 'channel'
  | 'parameter'
  | 'operation'
  | 'operationTrait'
  | 'reply'
  | 'replyAddress'
  | 'message'
  | 'messageTrait'
  | 'correlationId'
  | 'multiFormatSchema'
  | 'schema'
  | 'securityScheme'
  | 'securityDemand'
  | 'securityRequirement'
  | 'tag'
  | 'externalDocs'
  | 'serverBindings'
  | 'channelBindings'
  | 'operationBindings'
  | 'messageBindings'
  | 'binding';

/** How a field holds objects of a kind: itself one, a list, or a map of names. */
interface Field {
  readonly kind: Kind;
  readonly holds: 'one' | 'list' | 'map' | 'one or list';
}

const one = (kind: Kind): Field => ({ kind, holds: 'one' });
const list = (kind: Kind): Field => ({ kind, holds: 'list' });
const map = (kind: Kind): Field => ({ kind, holds: 'map' });

const described = { tags: list('tag'), externalDocs: one('externalDocs') };

const schemaFields: Readonly<Record<string, Field>> = {
  properties: map('schema'),
  patternProperties: map('schema'),
  additionalProperties: one('schema'),
  propertyNames: one('schema'),
  dependencies: map('schema'),
  items: { kind: 'schema', holds: 'one or list' },
  additionalItems: one('schema'),
  contains: one('schema'),
  allOf: list('schema'),
  anyOf: list('schema'),
  oneOf: list('schema'),
  not: one('schema'),
  if: one('schema'),
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword.
  then: one('schema'),
  else: one('schema'),
  definitions: map('schema'),
  externalDocs: one('externalDocs'),
};

/** What schemas of 2020-12 hold, as they are written and in the form that `normaliseSchemas` gives them. */
const modernSchemaFields: typeof schemaFields = {
  ...schemaFields,
  prefixItems: list('schema'),
  dependentSchemas: map('schema'),
  unevaluatedItems: one('schema'),
  unevaluatedProperties: one('schema'),
  $defs: map('schema'),
};

const fields: Readonly<Record<Kind, Readonly<Record<string, Field>>>> = {
  root: {
    ...described,
    info: one('info'),
    servers: map('server'),
    channels: map('channel'),
    operations: map('operation'),
    components: one('components'),
  },
  info: described,
  components: {
    schemas: map('multiFormatSchema'),
    servers: map('server'),
    channels: map('channel'),
    operations: map('operation'),
    messages: map('message'),
    securitySchemes: map('securityScheme'),
    serverVariables: map('serverVariable'),
    parameters: map('parameter'),
    correlationIds: map('correlationId'),
    replies: map('reply'),
    replyAddresses: map('replyAddress'),
    externalDocs: map('externalDocs'),
    tags: map('tag'),
    operationTraits: map('operationTrait'),
    messageTraits: map('messageTrait'),
    serverBindings: map('serverBindings'),
    channelBindings: map('channelBindings'),
    operationBindings: map('operationBindings'),
    messageBindings: map('messageBindings'),
  },
  server: {
    ...described,
    variables: map('serverVariable'),
    security: list('securityDemand'),
    bindings: one('serverBindings'),
  },
  serverVariable: {},
  channel: {
    ...described,
    messages: map('message'),
    servers: list('server'),
    parameters: map('parameter'),
    bindings: one('channelBindings'),
    publish: one('operation'),
    subscribe: one('operation'),
  },
  parameter: { schema: one('schema') },
  operation: {
    ...described,
    channel: one('channel'),
    messages: list('message'),
    message: one('message'),
    security: list('securityDemand'),
    bindings: one('operationBindings'),
    traits: list('operationTrait'),
    reply: one('reply'),
  },
  operationTrait: {
    ...described,
    security: list('securityDemand'),
    bindings: one('operationBindings'),
  },
  reply: { address: one('replyAddress'), channel: one('channel'), messages: list('message') },
  replyAddress: {},
  message: {
    ...described,
    headers: one('multiFormatSchema'),
    payload: one('multiFormatSchema'),
    correlationId: one('correlationId'),
    bindings: one('messageBindings'),
    traits: list('messageTrait'),
    oneOf: list('message'),
  },
  messageTrait: {
    ...described,
    headers: one('multiFormatSchema'),
    correlationId: one('correlationId'),
    bindings: one('messageBindings'),
  },
  correlationId: {},
  multiFormatSchema: { schema: one('schema') },
  schema: schemaFields,
  securityScheme: {},
  securityDemand: {},
  securityRequirement: {},
  tag: { externalDocs: one('externalDocs') },
  externalDocs: {},
  serverBindings: { '*': one('binding') },
  channelBindings: { '*': one('binding') },
  operationBindings: { '*': one('binding') },
  messageBindings: { '*': one('binding') },
  binding: {
    query: one('schema'),
    headers: one('schema'),
    key: one('schema'),
    groupId: one('schema'),
    clientId: one('schema'),
  },
};

/** The sections of `components` that hold each kind which may be given by reference. */
export const componentSection: Readonly<Partial<Record<Kind, string>>> = {
  ...Object.fromEntries(
    Object.entries(fields.components).map(([section, { kind }]) => [kind, section]),
  ),
  schema: 'schemas',
};

/** Tells whether a Reference Object may stand in place of an object of this kind. */
export function mayBeReference(kind: Kind): boolean {
  return componentSection[kind] !== undefined;
}

/** Where a value stands: in `container`, under `key`; and what it is. */
export interface Visited {
  readonly value: Json;
  readonly kind: Kind;
  readonly container: JsonObject | Json[];
  readonly key: string;
  readonly pointer: string;
  /** The object of the model that holds it; undefined for where the walk begins. */
  readonly holder: JsonObject | undefined;
  /** The dialect of the schema that stands there, or would. */
  readonly dialect: Dialect;
}

/**
 * Visits every object of the AsyncAPI model below `root` once for each kind it stands for, in document order.
 * References are visited as the objects they are, not followed. Boolean schemas are visited, too.
 * Returns nothing; works without recursion.
 */
export function walk(
  root: JsonObject,
  visit: (place: Visited) => void,
  kind: Kind = 'root',
  pointer = '',
  dialect: Dialect = 'draft-07',
): void {
  const seen = new Map<object, Set<string>>();
  const queue: Visited[] = [];
  queue.push({ value: root, kind, container: root, key: '', pointer, holder: undefined, dialect });
  for (let place = queue.pop(); place !== undefined; place = queue.pop()) {
    visit(place);
    const { value } = place;
    if (!isObject(value) || isReference(value)) continue;
    const kinds = seen.get(value) ?? new Set();
    const meaning = `${place.kind} ${place.dialect}`;
    if (kinds.has(meaning)) continue;
    seen.set(value, kinds.add(meaning));
    // The stack is last in, first out: children are pushed in reverse to be visited in order.
    for (const child of childrenOf(place.kind, value, place.dialect).reverse()) {
      const held = (child.container as JsonObject)[child.key] as Json;
      queue.push({
        value: held,
        kind: actualKind(child.kind, held),
        container: child.container,
        key: child.key,
        pointer: joinPointer(place.pointer, ...child.path),
        holder: value,
        dialect: dialectBelow(place, value, child.path[0] ?? ''),
      });
    }
  }
}

/** Lists what `walk` visits, for all who look at every object of what does not change meanwhile. */
export function placesIn(
  root: JsonObject,
  { kind, pointer, dialect }: Partial<Pick<Visited, 'kind' | 'pointer' | 'dialect'>> = {},
): readonly Visited[] {
  const places: Visited[] = [];
  walk(root, (place) => places.push(place), kind, pointer, dialect);
  return places;
}

/**
 * Returns the dialect of what stands in a field. What a schema holds is of its dialect; elsewhere AsyncAPI's own is
 * meant, unless a wrapper, or in AsyncAPI 2 the message around a payload, says otherwise.
 */
function dialectBelow({ kind, dialect }: Visited, value: JsonObject, field: string): Dialect {
  if (kind === 'schema') return dialect;
  const says = kind === 'multiFormatSchema' || field === 'payload';
  return (says ? dialectOf(String(value.schemaFormat)) : undefined) ?? 'draft-07';
}

/**
 * Tells what a value is where it may be of two kinds. A place for schemas of any format holds a plain schema, or
 * one in an object with `schema`; what AsyncAPI 3 demands is a security scheme, what AsyncAPI 2 demands names some.
 */
export function actualKind(kind: Kind, value: Json): Kind {
  if (kind === 'securityDemand')
    return isReference(value) || typeof member(value, 'type') === 'string'
      ? 'securityScheme'
      : 'securityRequirement';
  return kind === 'multiFormatSchema' && !(isObject(value) && Object.hasOwn(value, 'schema'))
    ? 'schema'
    : kind;
}

interface Child {
  readonly container: JsonObject | Json[];
  readonly key: string;
  readonly kind: Kind;
  readonly path: readonly string[];
}

/** Lists the objects that one object holds, in document order. */
function childrenOf(kind: Kind, value: JsonObject, dialect: Dialect): Child[] {
  // A schema of a format that can't be read is data.
  if (kind === 'multiFormatSchema' && isOfUnknownFormat(value)) return [];
  const known = kind === 'schema' && dialect === '2020-12' ? modernSchemaFields : fields[kind];
  const children: Child[] = [];
  for (const name of Object.keys(value)) {
    const field = Object.hasOwn(known, name) ? known[name] : known['*'];
    const held = value[name];
    if (field === undefined || held === undefined) continue;
    // In AsyncAPI 2 the format of a payload stands beside it, in the message.
    if (name === 'payload' && isOfUnknownFormat(value)) continue;
    const many =
      field.holds === 'map' ? isObject(held) : field.holds !== 'one' && Array.isArray(held);
    if (many && isContainer(held)) {
      for (const key of Object.keys(held)) {
        // A dependency may be a list of property names, which is data.
        if (name === 'dependencies' && Array.isArray((held as JsonObject)[key])) continue;
        // A channel of AsyncAPI 2 names its servers.
        if (name === 'servers' && typeof (held as JsonObject)[key] === 'string') continue;
        children.push({ container: held, key, kind: field.kind, path: [name, key] });
      }
    } else if (field.holds === 'one' || field.holds === 'one or list') {
      children.push({ container: value, key: name, kind: field.kind, path: [name] });
    }
  }
  return children;
}

/** Tells whether an object says of the schema that it holds that it is of a format that can't be read. */
function isOfUnknownFormat(value: JsonObject): boolean {
  return (
    Object.hasOwn(value, 'schemaFormat') && dialectOf(String(value.schemaFormat)) === undefined
  );
}

/** Returns a copy of an object in which every object it holds was replaced by what `change` makes of it. */
export function mapChildren(
  kind: Kind,
  value: JsonObject,
  change: (child: Json, kind: Kind) => Json,
): JsonObject {
  const copy = { ...value };
  for (const { container, key, kind: childKind, path } of childrenOf(kind, value, 'draft-07')) {
    const child = (container as JsonObject)[key] as Json;
    const made = change(child, actualKind(childKind, child));
    const [field = key] = path;
    if (path.length === 1) {
      copy[field] = made;
    } else {
      if (copy[field] === container)
        copy[field] = Array.isArray(container) ? [...container] : { ...container };
      (copy[field] as JsonObject)[key] = made;
    }
  }
  return copy;
}

/** Tells whether a value is a Reference Object: an object with an own string member `$ref`. */
export function isReference(value: Json | undefined): value is JsonObject & { $ref: string } {
  return isObject(value) && Object.hasOwn(value, '$ref') && typeof value.$ref === 'string';
}
