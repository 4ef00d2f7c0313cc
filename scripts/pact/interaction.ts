import { canonical } from '../generate/runtime/values.js';
import { isObject, type Json, type JsonObject, member } from '../spec/positions.js';
import type { NamedState } from './state.js';

/** What this library reads of an interaction of a pact. */
export interface Interaction {
  readonly description: string;
  readonly states: readonly NamedState[];
  readonly operation: string | undefined;
  readonly message: string | undefined;
  readonly json: JsonObject;
}

/** The kinds of interactions that are about webhooks. */
export type Kind = 'Asynchronous/Messages' | 'Synchronous/HTTP';

/** Reads the interactions of a kind. */
export function interactionsOf(pact: Json, kind: Kind): Interaction[] {
  const list = member(pact, 'interactions');
  return (Array.isArray(list) ? list : [])
    .filter(isObject)
    .filter(({ type }) => type === kind)
    .map((json) => {
      const reference = member(member(json.comments, 'references'), 'AsyncAPI');
      return {
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
