import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject } from '../../scripts/spec/model.js';
import { contentTypeFault } from './message-oracle.js';
import type { PactInteraction } from './pact-interactions.js';
import { type RawDocument, type RawMessage, strangers } from './raw-document.js';

/** Says why the request of an HTTP interaction is none that a document allows; undefined where it is one. */
export function brokenRequest(
  document: RawDocument,
  message: RawMessage,
  { json, operation: id, description }: PactInteraction,
): string | undefined {
  const request = json.request as JsonObject;
  const body = request.body as JsonObject;
  const headers = Object.fromEntries(
    Object.entries((request.headers ?? {}) as Record<string, string[]>).map(
      ([name, [value = '']]) => [name.toLowerCase(), value],
    ),
  );
  const operation = (document.json.operations as JsonObject)[id] as JsonObject;
  const { status } = json.response as { status: number };
  const fault =
    methodFault(operation, request) ??
    pathFault(document, operation, String(request.path)) ??
    contentTypeFault(headers['content-type'], message.contentType) ??
    securityFault(document, operation, headers) ??
    headersFault(document, message, operation, headers) ??
    bodyFault(document, message, body.content as Json) ??
    (isDelivered(document, status) ? undefined : `takes the status ${status} for a delivery`);
  return fault === undefined ? undefined : `"${description}" ${fault}`;
}

/** Says why a payload is none that a document allows a producer to send. */
export function bodyFault(
  document: RawDocument,
  message: RawMessage,
  payload: Json,
): string | undefined {
  if (!message.isValidPayload(payload)) return 'has a body that is not allowed';
  const unknown = strangers(document, [message.payload], payload);
  return unknown.length > 0
    ? `has members that are not documented: ${unknown.join(', ')}`
    : undefined;
}

/** Tells whether a status means that a delivery arrived: one that is stated or, where none is, 200 to 299. */
export function isDelivered({ json }: RawDocument, status: number): boolean {
  const rule = (name: string) =>
    ((json['x-delivery'] as JsonObject | undefined)?.[name] as JsonObject | undefined)?.value;
  const includes = (list: Json | undefined) =>
    Array.isArray(list) &&
    list.some((one) => {
      const [first, last = first] = String(one).split('-').map(Number);
      return status >= (first ?? 0) && status <= (last ?? 0);
    });
  const success = rule('success');
  if (Array.isArray(success)) return includes(success);
  return status >= 200 && status <= 299 && !includes(rule('failure'));
}

function methodFault(operation: JsonObject, { method }: JsonObject): string | undefined {
  const http = (operation.bindings as JsonObject | undefined)?.http as JsonObject | undefined;
  const expected = http?.method;
  return expected !== undefined && expected !== method
    ? `is sent by ${method}, not ${expected}`
    : undefined;
}

function pathFault(document: RawDocument, operation: JsonObject, path: string): string | undefined {
  const channel = document.follow(operation.channel) as JsonObject;
  const { address } = channel;
  if (typeof address !== 'string') return undefined;
  const all = Object.values((document.json.servers ?? {}) as JsonObject);
  const servers = Array.isArray(channel.servers) ? channel.servers.map(document.follow) : all;
  const bases = servers.map((server) =>
    String((server as JsonObject).pathname ?? '').replace(/\/$/, ''),
  );
  const isOne = bases.some((base) => {
    const steps = `${base}${address}`.split('/');
    const given = path.split('/');
    return (
      steps.length === given.length &&
      steps.every((step, index) =>
        /^\{.*\}$/.test(step) ? given[index] !== '' : step === given[index],
      )
    );
  });
  return isOne ? undefined : `is sent to ${path}, not ${address}`;
}

function securityFault(
  document: RawDocument,
  operation: JsonObject,
  headers: Readonly<Record<string, string>>,
): string | undefined {
  const channel = document.follow(operation.channel) as JsonObject;
  const servers = (channel.servers ?? []) as Json[];
  const ofServers = servers.map((one) => (document.follow(one) as JsonObject).security);
  for (const list of [operation.security, ...ofServers]) {
    if (!Array.isArray(list) || list.length === 0) continue;
    if (!list.some((one) => bears(document.follow(one) as JsonObject, headers))) {
      return `bears no credential of ${JSON.stringify(list)}`;
    }
  }
  return undefined;
}

/** Tells whether headers have the form of a credential; a scheme that headers can't show is not asked for. */
function bears(scheme: JsonObject, headers: Readonly<Record<string, string>>): boolean {
  const credential = (scheme['x-credential'] ?? {}) as JsonObject;
  if (scheme.type === 'http' && scheme.scheme === 'bearer') {
    return /^bearer +\S+$/i.test(headers.authorization ?? '');
  }
  if (scheme.type !== 'httpApiKey') return true;
  const isFree = credential.name === 'free';
  const value = headers[String(scheme.name).toLowerCase()];
  if (credential.kind === 'hmac') {
    if (value === undefined) return false;
    const prefix = String(credential.prefix ?? '');
    const code = value.slice(prefix.length);
    const encoding = credential.encoding === 'hex' ? 'hex' : 'base64';
    const bytes = Buffer.from(code, encoding);
    return (
      value.startsWith(prefix) &&
      bytes.length === 32 &&
      bytes.toString(encoding).toLowerCase() ===
        (encoding === 'hex' ? code.toLowerCase() : bytes.toString(encoding).toLowerCase()) &&
      (encoding === 'hex' || bytes.toString('base64') === code)
    );
  }
  return isFree || credential.required === false || (value !== undefined && value !== '');
}

/** Headers that any request may bear. */
const USUAL = new Set([
  'content-type',
  'content-length',
  'authorization',
  'accept',
  'user-agent',
  'host',
]);

function headersFault(
  document: RawDocument,
  message: RawMessage,
  operation: JsonObject,
  headers: Readonly<Record<string, string>>,
): string | undefined {
  if (message.headers === undefined) return undefined;
  const schema = document.follow(message.headers) as JsonObject;
  const names = Object.keys((schema.properties ?? {}) as JsonObject);
  const spelled = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      names.find((one) => one.toLowerCase() === name) ?? name,
      value,
    ]),
  );
  if (!message.isValidHeaders(spelled)) return 'has headers that are not allowed';
  const schemes = [
    ...((operation.security ?? []) as Json[]),
    ...(((document.follow(operation.channel) as JsonObject).servers ?? []) as Json[]).flatMap(
      (one) => ((document.follow(one) as JsonObject).security ?? []) as Json[],
    ),
  ].map((one) => document.follow(one) as JsonObject);
  // Where the name of a credential's header is free, any header may be it.
  if (schemes.some((one) => (one['x-credential'] as JsonObject | undefined)?.name === 'free'))
    return undefined;
  const own = new Set(schemes.map(({ name }) => String(name).toLowerCase()));
  const unknown = Object.keys(spelled).filter(
    (name) =>
      !USUAL.has(name.toLowerCase()) && !own.has(name.toLowerCase()) && !names.includes(name),
  );
  return unknown.length > 0
    ? `has headers that are not documented: ${unknown.join(', ')}`
    : undefined;
}

/** Tells whether two values are equal JSON. */
export function isEqual(one: Json, other: Json): boolean {
  return isDeepStrictEqual(one, other);
}
