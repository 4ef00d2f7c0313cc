import type { Json } from '../spec/model.js';

/** A delivery: one request that carries one message, as far as a difference is about it. */
export interface Delivery {
  readonly message: string;
  readonly method?: string;
  readonly url?: string;
  readonly query?: Json;
  readonly contentType?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: Json | undefined;
  /** The status that it is answered with. */
  readonly answer?: number;
}

/** A delivery that one document allows and the other refuses; of an answer, that one counts as delivered. */
export interface Witness {
  readonly allowedBy: 'old' | 'new';
  readonly delivery: Delivery;
  /** Why the other one refuses it. */
  readonly reason: string;
}

/** How to look for a witness where nothing judges what changed: none is ever found. */
export const NO_WITNESS: readonly [() => undefined] = [() => undefined];

/** What is found out where it is looked for a witness: that there is none; undefined: neither. */
export type Found = Witness | 'none' | undefined;

/** Looks for a witness, and has both documents confirm it. */
export type Evidence = () => Found | Promise<Found>;
