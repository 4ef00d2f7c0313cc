import type * as mews from '../../generated/mews/index.js';
import type { Module, Parts } from './webhook-servers.js';

/** A server's parts that write down what reaches them. */
export interface Observed extends Parts {
  readonly handled: mews.ReceivedMessage[];
  readonly unknown: mews.UnknownResult[];
  readonly refused: mews.RefusedResult[];
  readonly errors: unknown[];
}

/** Makes parts that write down what reaches them; `change` replaces some. */
export function observed(
  module: Module,
  receive: mews.Receive,
  change: Partial<Parts> = {},
): Observed {
  const handled: mews.ReceivedMessage[] = [];
  const unknown: mews.UnknownResult[] = [];
  const refused: mews.RefusedResult[] = [];
  const errors: unknown[] = [];
  return {
    module,
    receive,
    handle: (delivery) => handled.push(delivery),
    onUnknown: (result) => unknown.push(result),
    onRefused: (result) => refused.push(result),
    onError: (error) => errors.push(error),
    ...change,
    handled,
    unknown,
    refused,
    errors,
  };
}

/** Returns what was written down, as codes; what a good delivery leaves is one name in `handled`. */
export function written({ handled, unknown, refused, errors }: Observed): {
  handled: string[];
  unknown: string[];
  refused: string[];
  errors: unknown[];
} {
  return {
    handled: handled.map(({ message }) => message),
    unknown: unknown.map(({ problems: [{ code }] }) => code),
    refused: refused.map(({ problems: [{ code }] }) => code),
    errors: errors.map(String),
  };
}

/** A sample of a message. */
export interface Example {
  readonly payload?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The module of a provider, with what the tests of adapters need of it. */
export interface ProviderModule extends Module {
  readonly receiver: (options?: unknown) => mews.Receive;
  readonly messages: readonly { readonly name: string; readonly examples: readonly Example[] }[];
  readonly sign: (body: string | Uint8Array, options: unknown) => Promise<Record<string, string>>;
}

/** Loads the committed module of a provider, whatever its options. */
export async function providerModule(provider: string): Promise<ProviderModule> {
  return import(`../../generated/${provider}/index.js`);
}
