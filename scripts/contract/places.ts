import type { Path } from './rule-index.js';

/** What a member is called: of a payload, of headers, or of a query. */
export type What = 'field' | 'header' | 'parameter';

/** Writes a place of contents for people: `pieces[0].grams`. */
export function placeName(path: Path): string {
  if (path.length === 0) return 'payload';
  return path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`;
      if (index === 0) return step;
      return /^[\p{ID_Start}_$][\p{ID_Continue}$-]*$/u.test(step)
        ? `.${step}`
        : `[${JSON.stringify(step)}]`;
    })
    .join('');
}

/** Says what stands at a place: `the field "pieces[0].grams"`. */
export function subjectOf(what: What, path: Path): string {
  if (path.length === 0) return WHOLE[what];
  return `the ${what} ${JSON.stringify(placeName(path))}`;
}

const WHOLE: Readonly<Record<What, string>> = {
  field: 'the payload',
  header: 'the headers',
  parameter: 'the query',
};
