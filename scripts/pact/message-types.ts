/** A message of a generated module's `messages`, as far as its name and payload go. */
export interface AnyMessage {
  readonly name: string;
  readonly examples: readonly { readonly payload?: unknown }[];
}

/** The names of the messages. */
export type NameOf<M extends readonly AnyMessage[]> = M[number]['name'];

/** The payload of the message of this name; unknown where names are not known. */
export type PayloadOf<M extends readonly AnyMessage[], N> =
  string extends NameOf<M>
    ? unknown
    : Exclude<Extract<M[number], { readonly name: N }>['examples'][number]['payload'], undefined>;
