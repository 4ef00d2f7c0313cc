import { createHmac } from 'node:crypto';
import type { Json } from '../../../scripts/spec/model.js';
import type { Meddling, Wire } from './meddling-proxy.js';
import { faultsOf } from './payload-operators.js';

/** What proves a request's origin, as the producer and the consumer of the tests agreed on it. */
export interface Agreed {
  /** The key of a signature in X-Signature, in Base64. */
  readonly secret?: string;
  readonly token?: string;
  /** A header and its value, such as a key of the sender. */
  readonly header?: readonly [name: string, value: string];
}

/** A fault in a delivery over HTTP. */
export interface RequestFault {
  readonly operator: string;
  readonly place: string;
  readonly meddling: Meddling;
}

/** Lists the faults that can be put into a delivery of a payload. */
export function requestFaultsOf(payload: Json, agreed: Agreed): RequestFault[] {
  const fault = (operator: string, place: string, request: (wire: Wire) => Wire): RequestFault => ({
    operator,
    place,
    meddling: { request },
  });
  const header = (
    operator: string,
    place: string,
    name: string,
    change: (value: string) => string | undefined,
  ) =>
    fault(operator, place, (wire) => {
      const { [name]: value = '', ...others } = wire.headers;
      const changed = change(value);
      return { ...wire, headers: changed === undefined ? others : { ...others, [name]: changed } };
    });
  const bodies = faultsOf({ payload, headers: {} }).map(({ operator, place, apply }) =>
    fault(`body, ${operator}`, place, (wire) => {
      const parsed = JSON.parse(wire.body.toString()) as Json;
      const { payload: changed } = apply({ payload: parsed, headers: {} });
      return signedAnew({ ...wire, body: Buffer.from(JSON.stringify(changed)) }, agreed);
    }),
  );
  return [
    ...bodies,
    ...['PUT', 'PATCH', 'DELETE'].map((method) =>
      fault('method', method, (wire) => ({ ...wire, method })),
    ),
    ...[(at: string) => `${at}x`, (at: string) => `${at}?a=1`, () => '/elsewhere'].map((change) =>
      fault('path', change('/…'), (wire) => ({ ...wire, target: change(wire.target) })),
    ),
    header('content type', 'left out', 'content-type', () => undefined),
    header('content type', 'text/plain', 'content-type', () => 'text/plain'),
    header('content type', 'application/xml', 'content-type', () => 'application/xml'),
    header(
      'content type',
      'with a charset',
      'content-type',
      () => 'application/json; charset=utf-8',
    ),
    fault('bytes', 'spaces at the end', (wire) => ({
      ...wire,
      body: Buffer.concat([wire.body, Buffer.from('  ')]),
    })),
    fault('bytes', 'cut short', (wire) => ({ ...wire, body: wire.body.subarray(0, -1) })),
    fault('bytes', 'none', (wire) => ({ ...wire, body: Buffer.alloc(0) })),
    fault('bytes', 'UTF-16', (wire) => ({
      ...wire,
      body: Buffer.from(wire.body.toString(), 'utf16le'),
    })),
    fault('bytes', 'indented', (wire) => ({
      ...wire,
      body: Buffer.from(JSON.stringify(JSON.parse(wire.body.toString()), null, 2)),
    })),
    fault('bytes', 'indented, signed anew', (wire) =>
      signedAnew(
        { ...wire, body: Buffer.from(JSON.stringify(JSON.parse(wire.body.toString()), null, 2)) },
        agreed,
      ),
    ),
    ...[201, 204, 202, 301, 400, 404, 500, 503].map(
      (status): RequestFault => ({
        operator: 'status',
        place: String(status),
        meddling: { status },
      }),
    ),
    { operator: 'repeated', place: 'twice', meddling: { times: 2 } },
    { operator: 'repeated', place: 'never', meddling: { times: 0 } },
    ...credentialFaults(agreed, header),
  ];
}

function credentialFaults(
  { secret, token, header: own }: Agreed,
  header: (
    operator: string,
    place: string,
    name: string,
    change: (value: string) => string | undefined,
  ) => RequestFault,
): RequestFault[] {
  const of = (
    name: string,
    changes: readonly (readonly [string, (value: string) => string | undefined])[],
  ) => changes.map(([place, change]) => header('credential', place, name, change));
  if (secret !== undefined) {
    const other = (key: string, text: string) =>
      createHmac('sha256', key).update(text).digest('base64');
    return of('x-signature', [
      ['left out', () => undefined],
      ['empty', () => ''],
      ['a bit flipped', (value) => flipped(value)],
      ['the last bit flipped', (value) => flipped(value, 31)],
      ['cut short', (value) => value.slice(0, -4)],
      ['of other bytes', () => other(secret, '{}')],
      ['by another secret', () => other(`${secret}2`, '{}')],
      ['in hexadecimal', (value) => Buffer.from(value, 'base64').toString('hex')],
      ['in the alphabet of URLs', (value) => Buffer.from(value, 'base64').toString('base64url')],
      ['without padding', (value) => value.replace(/=+$/, '')],
      ['with a prefix', (value) => `sha256=${value}`],
      ['given twice', (value) => `${value}, ${value}`],
    ]);
  }
  if (token !== undefined) {
    return of('authorization', [
      ['left out', () => undefined],
      ['another token', () => 'Bearer another'],
      ['of another scheme', (value) => value.replace('Bearer', 'Basic')],
      ['scheme in lower case', (value) => value.replace('Bearer', 'bearer')],
      ['token in upper case', (value) => `Bearer ${value.slice(7).toUpperCase()}`],
      ['without a scheme', (value) => value.slice(7)],
      ['token cut short', (value) => value.slice(0, -1)],
      ['more after it', (value) => `${value}x`],
      ['empty', () => ''],
    ]);
  }
  if (own !== undefined) {
    return of(own[0].toLowerCase(), [
      ['left out', () => undefined],
      ['another value', () => 'another'],
      ['in upper case', (value) => value.toUpperCase()],
      ['cut short', (value) => value.slice(0, -1)],
      ['empty', () => ''],
    ]);
  }
  return of('updatetype', [
    ['left out', () => undefined],
    ['of another value', () => 'Changed'],
    ['of another allowed value', () => 'Delete'],
    ['empty', () => ''],
  ]);
}

function flipped(value: string, at = 0): string {
  const bytes = Buffer.from(value, 'base64');
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes.toString('base64');
}

function signedAnew(wire: Wire, { secret }: Agreed): Wire {
  if (secret === undefined) return wire;
  const signature = createHmac('sha256', secret).update(wire.body).digest('base64');
  return { ...wire, headers: { ...wire.headers, 'x-signature': signature } };
}

/** Says why a request does not prove its origin, by node:crypto and the agreed texts; undefined where it does. */
export function originFault(
  { headers, body }: Wire,
  { secret, token, header }: Agreed,
): string | undefined {
  if (secret !== undefined) {
    const expected = createHmac('sha256', secret).update(body).digest('base64');
    return headers['x-signature'] === expected ? undefined : 'is not signed over its bytes';
  }
  if (token !== undefined) {
    const [scheme, given, ...more] = (headers.authorization ?? '').split(' ');
    const isRight = scheme?.toLowerCase() === 'bearer' && given === token && more.length === 0;
    return isRight ? undefined : 'does not bear the token';
  }
  if (header === undefined) return undefined;
  const [name, value] = header;
  return headers[name.toLowerCase()] === value ? undefined : `does not bear ${name}`;
}
