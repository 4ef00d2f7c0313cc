import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { Json, JsonObject } from '../../scripts/spec/model.js';

/*
 * What a document says, read from its plain YAML by code of its own and by Ajv with ajv-formats: neither the model, nor
 * the judge, nor the engine behind `verify` has a part in it.
 */

/** A message of a document, and how it is sent. */
export interface RawMessage {
  readonly name: string;
  readonly contentType: string;
  readonly payload: Json | undefined;
  readonly headers: Json | undefined;
  readonly isValidPayload: (value: Json) => boolean;
  readonly isValidHeaders: (value: Json) => boolean;
  /** Whether the values could be part of a payload, whatever else it must hold. */
  readonly canHold: (value: Json) => boolean;
  readonly canHoldHeaders: (value: Json) => boolean;
}

/** A document, with what its references lead to. */
export interface RawDocument {
  readonly json: JsonObject;
  readonly follow: (value: Json | undefined) => Json | undefined;
  /** Finds a message by its name among those of an operation. */
  readonly message: (operation: string, name: string) => RawMessage | undefined;
  readonly messages: () => RawMessage[];
}

/** Reads a document that was parsed from YAML. */
export function rawDocument(json: JsonObject): RawDocument {
  const relaxed = withoutRequired(json) as JsonObject;
  const validators = ajvOf(json);
  const relaxedValidators = ajvOf(relaxed);
  const made = new Map<string, RawMessage>();

  const follow = (value: Json | undefined): Json | undefined => {
    const reference = (value as JsonObject | undefined)?.$ref;
    return typeof reference === 'string' ? follow(resolve(json, reference)) : value;
  };
  const keyed = (key: string): RawMessage => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const message = resolve(json, `#/components/messages/${key}`) as JsonObject;
    const part = (name: 'payload' | 'headers', validator: typeof validators) => {
      if (message[name] === undefined) return () => true;
      let validate: ValidateFunction | undefined;
      return (value: Json) => {
        validate ??= validator(`document#/components/messages/${key}/${name}`);
        return validate(value) === true;
      };
    };
    const found: RawMessage = {
      name: String(message.name ?? key),
      contentType: String(message.contentType ?? json.defaultContentType ?? 'application/json'),
      payload: message.payload,
      headers: message.headers,
      isValidPayload: part('payload', validators),
      isValidHeaders: part('headers', validators),
      canHold: part('payload', relaxedValidators),
      canHoldHeaders: part('headers', relaxedValidators),
    };
    made.set(key, found);
    return found;
  };
  const keyOf = (reference: Json | undefined): string => {
    const target = resolve(json, String((reference as JsonObject).$ref)) as JsonObject;
    return (
      String(target.$ref ?? (reference as JsonObject).$ref)
        .split('/')
        .at(-1) ?? ''
    );
  };
  return {
    json,
    follow,
    message: (id, name) => {
      const operation = (json.operations as JsonObject)[id] as JsonObject | undefined;
      const messages = (operation?.messages ?? []) as JsonObject[];
      return messages.map((one) => keyed(keyOf(one))).find((one) => one.name === name);
    },
    messages: () => Object.keys(resolve(json, '#/components/messages') as JsonObject).map(keyed),
  };
}

/** Lists the members that a schema does not know of, where it says anything of the members of an object. */
export function strangers(
  document: RawDocument,
  schemas: readonly (Json | undefined)[],
  value: Json,
  place = '',
): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const applied = schemas.flatMap((schema) => applying(document, schema));
  if (Array.isArray(value)) {
    const items = applied.map((schema) => schema.items).filter((one) => one !== undefined);
    return value.flatMap((item, index) => strangers(document, items, item, `${place}/${index}`));
  }
  const speaking = applied.filter(({ properties }) => properties !== undefined);
  if (speaking.length === 0) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const own = speaking.flatMap(({ properties }) =>
      Object.hasOwn(properties as object, name) ? [(properties as JsonObject)[name]] : [],
    );
    const inner = `${place}/${name}`;
    return own.length === 0 ? [inner] : strangers(document, own, member, inner);
  });
}

function applying(document: RawDocument, schema: Json | undefined): JsonObject[] {
  const target = document.follow(schema);
  if (typeof target !== 'object' || target === null || Array.isArray(target)) return [];
  const parts = (['allOf', 'anyOf', 'oneOf'] as const).flatMap((keyword) =>
    Array.isArray(target[keyword]) ? (target[keyword] as Json[]) : [],
  );
  return [target, ...parts.flatMap((part) => applying(document, part))];
}

function ajvOf(json: JsonObject): (reference: string) => ValidateFunction {
  let ajv: Ajv | undefined;
  return (reference) => {
    if (ajv === undefined) {
      ajv = new Ajv({ strict: false, logger: false });
      addFormats.default(ajv);
      ajv.addSchema(json, 'document', undefined, false);
    }
    return ajv.compile({ $ref: reference });
  };
}

/** Returns a copy in which no schema demands that something be there. */
function withoutRequired(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutRequired);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, held]) => !(name === 'required' && Array.isArray(held)))
      .map(([name, held]) => [name, withoutRequired(held)]),
  );
}

function resolve(json: Json, reference: string): Json | undefined {
  return reference
    .slice(1)
    .split('/')
    .filter((step) => step !== '')
    .reduce<Json | undefined>(
      (value, step) =>
        (value as JsonObject | undefined)?.[step.replaceAll('~1', '/').replaceAll('~0', '~')],
      json,
    );
}
