// @ts-check
/** What the functions of `validators.js` end with: each judges a value by one schema, and keeps what is wrong with it. */

/** @typedef {import('./explain.js').Fault} Fault */

/**
 * @typedef {((value: unknown, instancePath?: string) => boolean) & { errors?: readonly Fault[] }} SchemaJudge
 */

/**
 * Keeps what is wrong with a value.
 * @param {SchemaJudge} judge
 * @param {string} instancePath
 * @param {string} keyword
 * @param {Fault['params']} params
 * @returns {false}
 */
export function breaks(judge, instancePath, keyword, params) {
  judge.errors = [{ instancePath, keyword, params }];
  return false;
}

/**
 * Keeps what is wrong with a value, after what alternatives say of it, all of which failed.
 * @param {SchemaJudge} judge
 * @param {string} instancePath
 * @param {string} keyword
 * @param {Fault['params']} params
 * @param {readonly SchemaJudge[]} failed
 * @returns {false}
 */
export function breaksAll(judge, instancePath, keyword, params, failed) {
  /** @type {Fault[]} */
  const said = [];
  for (let from = failed.length - 1; from >= 0 && said.length < MAX_KEPT; from -= 1) {
    const { errors = [] } = /** @type {SchemaJudge} */ (failed[from]);
    for (let index = errors.length - 1; index >= 0 && said.length < MAX_KEPT; index -= 1)
      said.push(/** @type {Fault} */ (errors[index]));
  }
  judge.errors = [...said.reverse(), { instancePath, keyword, params }];
  return false;
}

/** How many faults of alternatives are kept, the last ones: alternatives of alternatives have as many as there are ways. */
const MAX_KEPT = 100;

/**
 * Keeps what another schema's judge says of a value.
 * @param {SchemaJudge} judge
 * @param {SchemaJudge} failed
 * @returns {false}
 */
export function relay(judge, failed) {
  judge.errors = failed.errors ?? [];
  return false;
}

/**
 * Keeps that not exactly one of several alternatives fits.
 * @param {SchemaJudge} judge
 * @param {string} instancePath
 * @param {readonly boolean[]} fits which of them do
 * @param {readonly SchemaJudge[]} alternatives those of them that are functions
 * @returns {false}
 */
export function breaksOneOf(judge, instancePath, fits, alternatives) {
  const passingSchemas = [...fits.keys()].filter((index) => fits[index]).slice(0, 2);
  return passingSchemas.length === 0
    ? breaksAll(judge, instancePath, 'oneOf', { passingSchemas: null }, alternatives)
    : breaks(judge, instancePath, 'oneOf', { passingSchemas });
}

/**
 * Tells whether exactly one of several is true.
 * @param {readonly boolean[]} fits
 * @returns {boolean}
 */
export function isOne(fits) {
  const first = fits.indexOf(true);
  return first !== -1 && fits.indexOf(true, first + 1) === -1;
}

/**
 * What is known of each schema in this run: its faults of values, by the value; of scalars, which stand in many places, by
 * value and place.
 * @type {Map<SchemaJudge, Map<unknown, readonly Fault[] | undefined>> | undefined}
 */
let verdicts;

/**
 * @param {SchemaJudge} judge
 * @param {unknown} value
 * @param {string} instancePath
 * @param {unknown} key
 * @returns {boolean}
 */
function remembered(judge, value, instancePath, key) {
  const isOutermost = verdicts === undefined;
  verdicts ??= new Map();
  const known = verdicts.get(judge) ?? new Map();
  verdicts.set(judge, known);
  try {
    if (!known.has(key)) known.set(key, judge(value, instancePath) ? undefined : judge.errors);
    judge.errors = known.get(key);
    return judge.errors === undefined;
  } finally {
    // What is judged later may have changed by then.
    if (isOutermost) verdicts = undefined;
  }
}

/**
 * Judges by a schema that leads to many others, or to itself: each object and list once, however many alternatives ask
 * for it.
 * @param {SchemaJudge} judge
 * @param {unknown} value
 * @param {string} instancePath
 * @returns {boolean}
 */
export function once(judge, value, instancePath) {
  return typeof value === 'object' && value !== null
    ? remembered(judge, value, instancePath, value)
    : judge(value, instancePath);
}

/**
 * Judges by a schema that leads to many others of the same value: scalars once as well.
 * @param {SchemaJudge} judge
 * @param {unknown} value
 * @param {string} instancePath
 * @returns {boolean}
 */
export function onceOfAny(judge, value, instancePath) {
  if (typeof value === 'object' && value !== null) return once(judge, value, instancePath);
  const text = String(value);
  // With its length, so that no text runs into the place behind it.
  const key = `${typeof value} ${text.length} ${text}${instancePath}`;
  return remembered(judge, value, instancePath, key);
}
