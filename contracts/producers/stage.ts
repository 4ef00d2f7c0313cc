/** What a message is about in a verification: the usual thing, or for one message what a state asked for. */
export interface Stage<T> {
  /** Asks for something else, for the next message alone. */
  put(thing: T): void;
  /** Returns what the message is about. */
  take(): T;
}

/** Makes the stage of a kind of things. Without it, what one interaction asked for would be there in the next one. */
export function stage<T>(usual: T): Stage<T> {
  let asked: { readonly thing: T } | undefined;
  return {
    put: (thing) => {
      asked = { thing };
    },
    take: () => {
      const { thing } = asked ?? { thing: usual };
      asked = undefined;
      return thing;
    },
  };
}
