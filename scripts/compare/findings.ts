import type { IgnoredChange } from '../config/config.js';
import { count } from '../problems/findings.js';
import type { Location, Problem } from '../problems/problem.js';
import type { Difference, Judgement, Verdict } from './difference.js';
import type { Witness } from './evidence.js';
import { type Level, levels, type Rule, rules } from './rules.js';

/** A change between two versions of a document: what changed, where, and whom that breaks. */
export interface Change {
  readonly rule: Rule;
  readonly verdict: Verdict;
  /** From which level on the rule holds whatever happens to deliveries. */
  readonly level: Level;
  /** One sentence that says what changed. */
  readonly text: string;
  /** The place in the new document, and the one in the old; one of them alone where there is no other document. */
  readonly locations: readonly Location[];
  /** The JSON Pointers of these places. */
  readonly places: Difference['places'];
  /** The names of the messages that it is about. */
  readonly messages: readonly string[];
  /** The delivery that proves the break. */
  readonly witness: Witness | undefined;
  /** Why it is held against nobody, where the configuration says so. */
  readonly ignored: string | undefined;
}

/** Where the places of both documents are found; undefined where there is one document only. */
export interface Locating {
  readonly old: ((pointer: string) => Location) | undefined;
  readonly now: ((pointer: string) => Location) | undefined;
}

/** Turns a difference, with one of its judgements, into a change; `spec` is the name of the document. */
export function changeOf(
  difference: Difference,
  { verdict, witness }: Judgement,
  locating: Locating,
  { spec, ignore }: { readonly spec: string; readonly ignore: readonly IgnoredChange[] },
): Change {
  const { rule, places, messages } = difference;
  const { level, say } = rules[rule];
  const others = messages.length - 1;
  const said = say(difference);
  // What is said of an operation or a document is not said of each of its messages.
  const isOfMessage = difference.parts !== undefined;
  return {
    rule,
    verdict,
    level,
    text:
      others > 0 && isOfMessage
        ? `${said.replace(/\.$/, '')}, and so in ${count(others, 'other message')}.`
        : said,
    // What one of them has no place for stands, in the other, at the nearest place above.
    locations: [
      ...(locating.now === undefined ? [] : [locating.now(places.now ?? places.old ?? '')]),
      ...(locating.old === undefined ? [] : [locating.old(places.old ?? places.now ?? '')]),
    ],
    places,
    messages,
    witness,
    ignored: ignore.find((one) => isMeant(one, rule, spec, places))?.reason,
  };
}

function isMeant(
  { rule, place }: IgnoredChange,
  changed: Rule,
  spec: string,
  places: Difference['places'],
): boolean {
  if (rule !== changed) return false;
  const [name = '', ...rest] = place.split('#');
  const pointer = rest.join('#').replace(/\/$/, '');
  return (
    name === spec &&
    [places.old, places.now].some(
      (one) => one !== undefined && (one === pointer || one.startsWith(`${pointer}/`)),
    )
  );
}

/** Tells whether a change is a break of deliveries. */
export function isBreak({ verdict }: Pick<Change, 'verdict'>): boolean {
  return verdict === 'breaks consumers' || verdict === 'breaks producers';
}

/** How much of a witness a text shows. */
const MAX_SHOWN = 400;

/** Reports the changes that a level does not allow as errors, and those that can't be judged as warnings. */
export function problemsOf(changes: readonly Change[], level: Level): Problem[] {
  return changes.flatMap((change): Problem[] => {
    const { rule: code, text, locations, verdict, witness, ignored } = change;
    if (ignored !== undefined) return [];
    if (isBreak(change) && witness !== undefined) {
      const { allowedBy, delivery, reason } = witness;
      const other = allowedBy === 'old' ? 'new' : 'old';
      const { message, ...shown } = delivery;
      const whose = `a delivery that the ${allowedBy} version allows, and the ${other} one refuses`;
      return [
        {
          code,
          severity: 'error',
          text: `${text} That ${verdict}.`,
          found: `${whose} (${reason.replace(/\.$/, '')}): ${cut(JSON.stringify(shown))}`,
          locations,
        },
      ];
    }
    if (verdict === "can't be judged") {
      return [
        {
          code,
          severity: 'warning',
          text: `${text} Whether that breaks anybody can't be judged.`,
          locations,
        },
      ];
    }
    const isHeld = levels.indexOf(change.level) <= levels.indexOf(level) && change.level !== 'wire';
    if (!isHeld) return [];
    return [{ code, severity: 'error', text: `${text} ${WHAT_BREAKS[change.level]}`, locations }];
  });
}

const WHAT_BREAKS: Readonly<Record<Level, string>> = {
  wire: '',
  types: 'That breaks code that uses the generated types.',
  documentation: 'That breaks links into the documentation.',
};

function cut(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN).toWellFormed()}…` : text;
}
