import { closestName } from '../spec/closest-name.js';
import { reasonOf } from './contract-broken.js';
import type { Interaction } from './interaction.js';

/** Brings about states, each by its name. */
export type StateHandlers = Readonly<
  // biome-ignore lint/suspicious/noExplicitAny: the parameters of a state are its two sides' agreement.
  Record<string, (params: any) => unknown>
>;

/** Lists the states of an interaction that nothing brings about; Pact would go on without. */
export function missingStates({ states }: Interaction, handlers: StateHandlers): string[] {
  const known = Object.keys(handlers);
  return states
    .filter(({ name }) => !Object.hasOwn(handlers, name))
    .map(({ name }) => {
      const suggestion = closestName(name, known);
      const hint = suggestion === undefined ? '' : ` (there is ${JSON.stringify(suggestion)})`;
      return `no handler brings about the state ${JSON.stringify(name)}${hint}`;
    });
}

/** Brings about the states of an interaction, in their order; returns why it can't be, if so. */
export async function bringAbout(
  { states }: Interaction,
  handlers: StateHandlers,
): Promise<string | undefined> {
  for (const { name, params } of states) {
    const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
    if (handler === undefined) continue;
    try {
      await handler(params);
    } catch (error) {
      return `the state ${JSON.stringify(name)} failed: ${reasonOf(error)}`;
    }
  }
  return undefined;
}
