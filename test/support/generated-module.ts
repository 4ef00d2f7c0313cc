import { pathToFileURL } from 'node:url';
import type { CheckResult } from '../../scripts/generate/runtime/check.js';
import type {
  MessageResult,
  RefusedResult,
  UnknownResult,
} from '../../scripts/generate/runtime/module.js';
import { inRepository } from './repository.js';

/** What `receive` returns, whatever the document. */
export type ReceiveResult =
  | MessageResult<string, unknown, Readonly<Record<string, unknown>>>
  | UnknownResult
  | RefusedResult;

/** What every generated module exports, besides a guard for each message. */
export interface GeneratedModule {
  readonly messages: readonly {
    readonly name: string;
    readonly examples: readonly { readonly payload?: unknown; readonly headers?: unknown }[];
  }[];
  readonly check: (payload: unknown, headers?: unknown) => CheckResult;
  readonly receiver: (options?: object) => (request: unknown) => Promise<ReceiveResult>;
  readonly fingerprint: (delivery: ReceiveResult) => Promise<string>;
  /** Missing where the document states no credentials. */
  readonly sign: (body: Uint8Array | string, options: object) => Promise<Record<string, string>>;
  /** The guards, by their names. */
  readonly guards: Readonly<Record<string, (payload: unknown) => boolean>>;
}

/** Loads the committed module of a provider. */
export async function generatedModule(provider: string): Promise<GeneratedModule> {
  const file = inRepository('generated', provider, 'index.js');
  const { messages, check, receiver, fingerprint, sign, ...others } = await import(
    pathToFileURL(file).href
  );
  const guards = Object.entries(others).filter(([name]) => /^is\p{Lu}/u.test(name));
  return {
    messages,
    check,
    receiver,
    fingerprint,
    sign,
    guards: Object.fromEntries(guards) as GeneratedModule['guards'],
  };
}
