import type { Operation } from '../spec/model.js';
import type { Evidence, Witness } from './evidence.js';
import type { Rule } from './rules.js';

/** Whether the application that the document describes sends the message or receives it; both, where it does both. */
export type Action = Operation['action'];

/**
 * Which way a difference hurts. `request`: what producers send and consumers have to take. `answer`: what consumers answer
 * and producers have to take. `promise`: what is gone is missed by whoever is at the other end.
 */
export type Flow = 'request' | 'answer' | 'promise';

/** What is different between two documents, and what was found out about the deliveries that it is about. */
export interface Difference {
  readonly rule: Rule;
  readonly flow: Flow;
  /** What changed, as the rule's words name it. */
  readonly subject: string;
  readonly old: string;
  readonly now: string;
  /** JSON Pointers in the documents; undefined in one that has no place for it. */
  readonly places: { readonly old: string | undefined; readonly now: string | undefined };
  /** The messages that it is about. */
  readonly messages: readonly string[];
  readonly actions: ReadonlySet<Action>;
  /**
   * Where the new document may refuse what the old one allows, how to look for such deliveries: none where it was shown
   * that there are none.
   */
  readonly narrowing: readonly Evidence[];
  /** The reverse. */
  readonly widening: readonly Evidence[];
}

/** Whom a change breaks. */
export type Verdict =
  | 'breaks consumers'
  | 'breaks producers'
  | 'breaks neither'
  | "can't be judged";

/** A verdict with the delivery that proves it. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly witness: Witness | undefined;
}

/**
 * Says whom a difference breaks. The other party of a document keeps to the old one: where the application sends, these
 * are consumers, who must be able to take whatever it sends by the new one; where it receives, these are producers, and
 * it must take whatever they send by the old one. One judgement, or two where it does both.
 */
export async function judgementsOf(difference: Difference): Promise<Judgement[]> {
  const { actions } = difference;
  const found: Judgement[] = [];
  for (const action of ['send', 'receive'] as const) {
    if (actions.has(action)) found.push(await judged(difference, action));
  }
  const grave = found.filter(({ verdict }) => verdict !== 'breaks neither');
  return grave.length > 0 ? distinct(grave) : found.slice(0, 1);
}

async function judged(
  { flow, narrowing, widening }: Difference,
  action: Action,
): Promise<Judgement> {
  const isHurtByMore =
    flow === 'request' ? action === 'send' : flow === 'answer' && action === 'receive';
  const evidence = isHurtByMore ? widening : narrowing;
  if (evidence.length === 0) return { verdict: 'breaks neither', witness: undefined };
  for (const look of evidence) {
    const witness = await look();
    if (witness === undefined) continue;
    return { verdict: action === 'send' ? 'breaks consumers' : 'breaks producers', witness };
  }
  return { verdict: "can't be judged", witness: undefined };
}

function distinct(judgements: readonly Judgement[]): Judgement[] {
  return [...new Map(judgements.map((one) => [one.verdict, one])).values()];
}
