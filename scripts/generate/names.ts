import type { SpecNames } from '../config/config.js';
import { type Problem, problem } from '../problems/problem.js';
import { pointerTokens } from '../spec/json-pointer.js';
import type { Message, Schema, Spec } from '../spec/model.js';
import type { SpecDocument } from '../spec/read-spec.js';
import type { Identifier } from './code.js';
import { runtimeFile } from './runtime-module.js';

/** The identifiers of a spec's generated code. */
export interface Names {
  /** `BookingStatusUpdated` for the message `booking.status.updated`. */
  readonly message: (message: Message) => Identifier;
  /** `BookingStatusUpdatedPayload`. */
  readonly payload: (message: Message) => Identifier;
  /** `isBookingStatusUpdated`. */
  readonly guard: (message: Message) => Identifier;
  /** The type of a schema, by its pointer. */
  readonly schema: (schema: Schema) => Identifier;
}

/** The types that every generated module declares itself. */
function ownTypes(): string[] {
  const shared = runtimeFile('module.d.ts').matchAll(/^export (?:interface|type) (\w+)/gm);
  return [
    ...Array.from(shared, ([, name = '']) => name),
    ...['CheckResult', 'MessageName', 'Receive', 'ReceivedMessage', 'ReceiveResult'],
    ...['ReceiverOptions', 'SignOptions'],
  ];
}

/**
 * Mints the names of a spec's generated code: letters and digits of any script, each word capitalised. Two
 * things that come to the same name, or to names that differ in case or width only, are a problem that names both.
 */
export function mintNames(
  { spec, locate }: SpecDocument,
  given: SpecNames = { messages: {}, schemas: {} },
): { names: Names; problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const taken = new Map<string, Owner>(
    ownTypes().map((name) => [
      likeness(name),
      { what: `the type ${name} of every module`, pointer: undefined, key: '' },
    ]),
  );
  const claim = (name: string | undefined, owner: Owner): Identifier => {
    const place = locate(owner.pointer ?? '', 'key');
    if (name === undefined) {
      problems.push(problem('name.unusable', { what: owner.what, key: owner.key }, place));
      return '_' as Identifier;
    }
    const earlier = taken.get(likeness(name));
    if (earlier === undefined) {
      taken.set(likeness(name), owner);
    } else if (earlier.pointer !== owner.pointer) {
      const others = earlier.pointer === undefined ? [] : [locate(earlier.pointer, 'key')];
      problems.push(
        problem(
          'name.collision',
          { one: owner.what, other: earlier.what, name, key: owner.key },
          place,
          ...others,
        ),
      );
    }
    return name as Identifier;
  };

  const messages = new Map<string, Identifier>();
  const payloadOf = new Map<string, Identifier>();
  const schemas = new Map<string, Identifier>();
  for (const message of spec.messages) {
    const owner = ownerOfMessage(spec, message);
    const name = own(given.messages, message.name) ?? identifierOf(message.name);
    messages.set(
      message.name,
      claim(name === undefined ? undefined : `is${name}`, owner).slice(2) as Identifier,
    );
  }
  for (const schema of spec.schemas) {
    if (schema.name === undefined) continue;
    const name = own(given.schemas, schema.name) ?? identifierOf(schema.name);
    schemas.set(schema.pointer, claim(name, ownerOfSchema(spec, schema)));
  }
  if (problems.length > 0) return { names: lookUps(messages, payloadOf, schemas), problems };
  // A payload's type bears the message's name; a payload that is a named schema of that name is that type.
  for (const message of spec.messages) {
    const name = `${messages.get(message.name)}Payload`;
    const { payload } = message;
    const owner =
      payload?.name === undefined ? ownerOfMessage(spec, message) : ownerOfSchema(spec, payload);
    const isPayloadItself = payload !== undefined && schemas.get(payload.pointer) === name;
    payloadOf.set(
      message.name,
      isPayloadItself ? (name as Identifier) : claim(name, { ...owner, pointer: message.pointer }),
    );
    if (payload !== undefined && !schemas.has(payload.pointer))
      schemas.set(payload.pointer, name as Identifier);
  }
  for (const message of spec.messages) {
    const { headers } = message;
    if (headers === undefined || schemas.has(headers.pointer)) continue;
    schemas.set(
      headers.pointer,
      claim(`${messages.get(message.name)}Headers`, ownerOfMessage(spec, message)),
    );
  }
  for (const schema of spec.schemas) {
    if (schemas.has(schema.pointer)) continue;
    schemas.set(
      schema.pointer,
      claim(identifierOf(pathName(schema.pointer)), ownerOfSchema(spec, schema)),
    );
  }
  return { names: lookUps(messages, payloadOf, schemas), problems };
}

/** What names that a reader takes for one have in common: case and width are left out. */
function likeness(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}

type Minted = ReadonlyMap<string, Identifier>;

function lookUps(messages: Minted, payloads: Minted, schemas: Minted): Names {
  const find = (map: Minted, key: string): Identifier => {
    const name = map.get(key);
    if (name === undefined) throw new Error(`no name was minted for ${key}`);
    return name;
  };
  return {
    message: ({ name }) => find(messages, name),
    payload: ({ name }) => find(payloads, name),
    guard: ({ name }) => `is${find(messages, name)}` as Identifier,
    schema: ({ pointer }) => find(schemas, pointer),
  };
}

/** Something that bears a name: in words, where it stands, and where the configuration can name it. */
interface Owner {
  readonly what: string;
  readonly pointer: string | undefined;
  readonly key: string;
}

function ownerOfMessage(spec: Spec, { name, pointer }: Message): Owner {
  return {
    what: `the message ${JSON.stringify(name)}`,
    pointer,
    key: configKey(spec, 'messages', name),
  };
}

function ownerOfSchema(spec: Spec, { name, pointer }: Schema): Owner {
  const what =
    name === undefined ? `the schema at ${pointer}` : `the schema ${JSON.stringify(name)}`;
  return { what, pointer, key: configKey(spec, 'schemas', name ?? pointer) };
}

function configKey(spec: Spec, part: string, name: string): string {
  return ['names', spec.name, part, name].map((step) => JSON.stringify(step)).join('.');
}

/**
 * Makes an identifier of a name: its words, split at everything that is no letter or digit, each with a
 * capital; a name in capitals only is written small first. Undefined where no letter or digit is left.
 */
export function identifierOf(name: string): string | undefined {
  const words = name
    .normalize('NFC')
    .split(/(?:[^\p{ID_Continue}]|[_\u00b7\u0387\u200c\u200d])+/u)
    .filter((word) => word !== '');
  const isLoud = !/\p{Ll}/u.test(name);
  const joined = words.map((word) => capitalised(isLoud ? word.toLowerCase() : word)).join('');
  if (joined === '') return undefined;
  return /^\p{ID_Start}/u.test(joined) ? joined : `_${joined}`;
}

function capitalised(word: string): string {
  const [first = '', ...rest] = word;
  const upper = first.toUpperCase();
  // Some letters' capitals are several (ß): they stay as they are.
  return (upper.length === first.length ? upper : first) + rest.join('');
}

/** Names a schema by the names on its way down: `#/components/schemas/Order/properties/lines` is `Order lines`. */
function pathName(pointer: string): string {
  const structural = new Set([
    'components',
    'schemas',
    'channels',
    'messages',
    'properties',
    'definitions',
    'schema',
  ]);
  return pointerTokens(pointer)
    .filter((token) => !structural.has(token))
    .join(' ');
}

function own(map: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}
