import { pathToFileURL } from 'node:url';
import type { CheckResult } from '../../scripts/generate/runtime/check.js';
import { inRepository } from './repository.js';

/** What every generated module exports, besides a guard for each message. */
export interface GeneratedModule {
  readonly messages: readonly {
    readonly name: string;
    readonly examples: readonly { readonly payload?: unknown; readonly headers?: unknown }[];
  }[];
  readonly check: (payload: unknown, headers?: unknown) => CheckResult;
  /** The guards, by their names. */
  readonly guards: Readonly<Record<string, (payload: unknown) => boolean>>;
}

/** Loads the committed module of a provider. */
export async function generatedModule(provider: string): Promise<GeneratedModule> {
  const file = inRepository('generated', provider, 'index.js');
  const { messages, check, ...others } = await import(pathToFileURL(file).href);
  const guards = Object.entries(others).filter(([name]) => /^is\p{Lu}/u.test(name));
  return { messages, check, guards: Object.fromEntries(guards) as GeneratedModule['guards'] };
}
