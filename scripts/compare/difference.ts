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
  /** The member that it is about, where several have the same place: those of one `required`. */
  readonly member?: string;
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
  /** The same of several messages, each with the actions and the evidence of its own: one for all of them. */
  readonly parts?: readonly Difference[];
}

/** Says how a statement changed, of which one document may have none. */
export function wayOf(before: unknown, after: unknown): 'added' | 'removed' | 'changed' {
  if (before === undefined) return 'added';
  return after === undefined ? 'removed' : 'changed';
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
  const found = new Map<Action, Judgement>();
  let searches = 0;
  for (const part of difference.parts ?? [difference]) {
    for (const action of part.actions) {
      const known = found.get(action);
      if (known?.witness !== undefined) continue;
      const evidence = evidenceOf(part, action);
      if (evidence.length > 0) searches += 1;
      const judgement =
        searches > MAX_SEARCHES && evidence.length > 0 ? UNJUDGED : await judged(evidence, action);
      // What one part shows is not shown of the others.
      if (known !== UNJUDGED || judgement.witness !== undefined) found.set(action, judgement);
    }
  }
  const all = new Map([...found.values()].map((one) => [one.verdict, one]));
  if (all.size > 1) all.delete('breaks neither');
  return [...all.values()];
}

const UNJUDGED: Judgement = { verdict: "can't be judged", witness: undefined };
const HARMLESS: Judgement = { verdict: 'breaks neither', witness: undefined };

/** For how many messages that share a place a witness is looked for, as long as none is found. */
const MAX_SEARCHES = 20;

function breakOf(action: Action): Verdict {
  return action === 'send' ? 'breaks consumers' : 'breaks producers';
}

/** Returns how to look for what breaks the other party: not at all where it was shown that nothing does. */
function evidenceOf(
  { flow, narrowing, widening }: Difference,
  action: Action,
): readonly Evidence[] {
  const isHurtByMore =
    flow === 'request' ? action === 'send' : flow === 'answer' && action === 'receive';
  return isHurtByMore ? widening : narrowing;
}

async function judged(evidence: readonly Evidence[], action: Action): Promise<Judgement> {
  let isShown = true;
  for (const look of evidence) {
    const found = await look();
    if (found === undefined) isShown = false;
    else if (found !== 'none') return { verdict: breakOf(action), witness: found };
  }
  return isShown ? HARMLESS : UNJUDGED;
}
