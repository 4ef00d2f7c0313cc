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
  return states.flatMap(({ name }) =>
    missingHandler(handlers, name, `no handler brings about the state ${JSON.stringify(name)}`),
  );
}

/** Says that there is no function of a name, and which there is of a similar one; nothing where there is one. */
export function missingHandler(
  handlers: Readonly<Record<string, unknown>>,
  name: string,
  words: string,
): string[] {
  if (Object.hasOwn(handlers, name)) {
    const found = handlers[name];
    return typeof found === 'function' ? [] : [`${words}: it is ${typeof found}, not a function`];
  }
  const suggestion = closestName(name, Object.keys(handlers));
  return [suggestion === undefined ? words : `${words} (there is ${JSON.stringify(suggestion)})`];
}

/** Brings about the states of an interaction, in their order; returns why it can't be, if so. */
export async function bringAbout(
  { states }: Interaction,
  handlers: StateHandlers,
): Promise<string | undefined> {
  for (const { name, params } of states) {
    try {
      await handlers[name]?.(params);
    } catch (error) {
      return `the state ${JSON.stringify(name)} failed: ${reasonOf(error)}`;
    }
  }
  return undefined;
}
