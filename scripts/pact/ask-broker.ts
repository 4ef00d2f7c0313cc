import { CannotRun } from '../problems/problem.js';
import type { JsonObject } from '../spec/model.js';
import { isObject, member } from '../spec/positions.js';

/** Where a broker is, and how to be let in: by a token, or by a user's name and password. */
export interface BrokerAddress {
  readonly url: string;
  readonly token?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}

/** How long the broker may take to answer. */
const PATIENCE_MS = 30_000;

/** Checks the address and the credentials. Throws `CannotRun`, which shows neither of them. */
export function checkAddress({ url, token, username }: BrokerAddress): void {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (address === undefined || !/^https?:$/.test(address.protocol) || hasCredentials(address)) {
    throw new CannotRun('broker.url must be an http or https URL without credentials');
  }
  if (token && username) throw new CannotRun('broker: give a token or a username, not both');
  // Refused here, since fetch would show it with its error.
  if (token && !/^[\x21-\x7e]+$/.test(token)) {
    throw new CannotRun('broker.token holds a character that no header can hold');
  }
}

/** Names a broker in words: without its query, which might let in whoever reads it. */
export function nameOf({ url }: BrokerAddress): string {
  const { origin, pathname } = new URL(url);
  return `the broker ${origin}${pathname}`;
}

/** Returns the address of a link, its `{parameters}` filled in. https://datatracker.ietf.org/doc/html/rfc6570 */
export function linkIn(
  resource: JsonObject,
  name: string,
  parameters: Readonly<Record<string, string>> = {},
): string {
  const href = member(member(resource._links, name), 'href');
  if (typeof href !== 'string') throw new Error(`it gives no link ${name}: is it a Pact Broker?`);
  return Object.entries(parameters).reduce(
    (text, [key, value]) => text.replaceAll(`{${key}}`, encodeURIComponent(value)),
    href,
  );
}

/** Asks a broker, and returns the JSON of its answer; throws where that is no success, or no JSON object. */
export async function askBroker(
  broker: BrokerAddress,
  method: string,
  address: string,
  body?: object,
): Promise<JsonObject> {
  const url = new URL(address, broker.url);
  // What lets us in there must not be shown elsewhere.
  if (url.origin !== new URL(broker.url).origin) {
    throw new Error(`it leads to another host, ${url.origin}`);
  }
  if (hasCredentials(url)) throw new Error('it gives a link with credentials');
  const call = `${method} ${url.pathname}`;
  const { response, text } = await send(call, url, {
    method,
    headers: {
      accept: 'application/hal+json, application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...authorization(broker),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    redirect: 'manual',
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!response.ok) {
    throw new Error(`${call} was answered with ${response.status} ${text.slice(0, 300)}`.trim());
  }
  if (text.trim() === '') return {};
  const json = parsed(text);
  if (isObject(json as never)) return json as JsonObject;
  throw new Error(`${call} was answered with no JSON object: is it a Pact Broker?`);
}

async function send(call: string, url: URL, init: RequestInit) {
  try {
    const response = await fetch(url, init);
    return { response, text: await response.text() };
  } catch (error) {
    // What fetch itself throws says no more than that it failed.
    const { cause, message } = error as Error;
    throw new Error(`${call}: ${cause instanceof Error ? cause.message : message}`);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function hasCredentials({ username, password }: URL): boolean {
  return username !== '' || password !== '';
}

function authorization({ token, username, password }: BrokerAddress): Record<string, string> {
  if (token) return { authorization: `Bearer ${token}` };
  if (!username) return {};
  const pair = Buffer.from(`${username}:${password ?? ''}`).toString('base64');
  return { authorization: `Basic ${pair}` };
}
