import { canonical } from '../generate/runtime/values.js';
import { isObject, type Json, type JsonObject, member } from '../spec/positions.js';
import type { NamedState } from './state.js';

/** What this library reads of an interaction of a pact. */
export interface Interaction {
  /** Its kind; one of version 3, which has none, is a request. */
  readonly type: string;
  /** JSON Pointer in the pact. */
  readonly pointer: string;
  readonly description: string;
  readonly states: readonly NamedState[];
  readonly operation: string | undefined;
  readonly message: string | undefined;
  readonly json: JsonObject;
}

/** The kinds of interactions that are about webhooks. */
export type Kind = 'Asynchronous/Messages' | 'Synchronous/HTTP';

/** Reads the interactions of a pact, as far as they are objects. */
export function interactionsOf(pact: Json): Interaction[] {
  const list = member(pact, 'interactions');
  return (Array.isArray(list) ? list : []).flatMap((json, index) => {
    if (!isObject(json)) return [];
    const reference = member(member(json.comments, 'references'), 'AsyncAPI');
    return {
      type: String(json.type ?? 'Synchronous/HTTP'),
      pointer: `/interactions/${index}`,
      description: String(json.description ?? ''),
      states: statesOf(json.providerStates),
      operation: textIn(reference, 'operationId'),
      message: textIn(reference, 'messageId'),
      json,
    };
  });
}

/** Reads provider states, as pacts and Pact's requests hold them. */
export function statesOf(value: unknown): NamedState[] {
  const list = (Array.isArray(value) ? value : []) as Json[];
  return list.filter(isObject).map(({ name, params }) => ({
    name: String(name),
    params: isObject(params) ? params : {},
  }));
}

/** What tells interactions of one pact apart: the description and the states. */
export function identityOf(description: string, states: readonly NamedState[]): string {
  return canonical([description, ...states.map(({ name, params }) => ({ name, params }))]);
}

function textIn(value: Json | undefined, name: string): string | undefined {
  const text = member(value, name);
  return typeof text === 'string' ? text : undefined;
}
