// @ts-check
/** Finds which message a delivery is. */
import { listed, pointerOf, shown, typeOf } from './explain.js';
import { at } from './values.js';

/**
 * How the message of a delivery is found: a tree of questions about body and headers, whose leaves are messages
 * (by their index), to be tried in this order; usually one. Plain data.
 *  - `in`: the value at a path decides (a header's name as the document writes it); a value that is not listed
 *    leads to `otherwise`, or is an unknown message;
 *  - `has`: whether the body has a member decides;
 *  - `types`: the body's JSON type decides.
 * A question about the body that is `loose` says nothing where something else than an object stands on its path: all
 * messages below it are then tried.
 * @typedef {{ readonly messages: readonly number[] }
 *   | {
 *       readonly in: 'payload' | 'headers',
 *       readonly path: readonly string[],
 *       readonly loose?: boolean,
 *       readonly cases: readonly (readonly [null | boolean | number | string, Selection])[],
 *       readonly otherwise?: Selection,
 *     }
 *   | {
 *       readonly has: readonly string[],
 *       readonly loose?: boolean,
 *       readonly yes: Selection,
 *       readonly no: Selection,
 *     }
 *   | { readonly types: readonly (readonly [string, Selection])[] }} Selection
 */

/** @typedef {import('./module.js').CheckProblem} CheckProblem */

/**
 * Answers the questions about one delivery; returns the messages it can be, or why it is none.
 * @typedef {(payload: unknown, headers: Readonly<Record<string, string>> | undefined) => readonly number[] | CheckProblem} Chooser
 */

/**
 * Makes a function of a selection.
 * @param {Selection} selection
 * @returns {Chooser}
 */
export function chooser(selection) {
  if ('messages' in selection) {
    const { messages } = selection;
    return () => messages;
  }
  if ('has' in selection) {
    const { has, loose } = selection;
    const yes = chooser(selection.yes);
    const no = chooser(selection.no);
    const all = allMessages(selection);
    return (payload, headers) => {
      if (loose && isOffPath(payload, has)) return all;
      return (at(payload, has) === undefined ? no : yes)(payload, headers);
    };
  }
  if ('types' in selection) {
    const byType = new Map(selection.types.map(([type, next]) => [type, chooser(next)]));
    const expected = [...byType.keys()].join(' or ');
    return (payload, headers) => {
      const found = typeOf(payload);
      const next = byType.get(found);
      if (next !== undefined) return next(payload, headers);
      return {
        code: 'payload.invalid',
        in: 'payload',
        path: '',
        text: 'The value has the wrong type.',
        expected,
        found,
      };
    };
  }
  return valueChooser(selection);
}

/**
 * @param {Extract<Selection, { in: string }>} question
 * @returns {Chooser}
 */
function valueChooser(question) {
  const cases = new Map(question.cases.map(([constant, next]) => [constant, chooser(next)]));
  const otherwise = question.otherwise === undefined ? undefined : chooser(question.otherwise);
  const all = allMessages(question);
  if (question.in === 'headers') {
    const names = question.path.map((name) => name.toLowerCase());
    return (payload, headers) => {
      if (headers === undefined) return all;
      const next = cases.get(/** @type {string} */ (at(headers, names))) ?? otherwise;
      return next === undefined ? misfit(question, names, headers) : next(payload, headers);
    };
  }
  return (payload, headers) => {
    if (question.loose && isOffPath(payload, question.path)) return all;
    const next = cases.get(/** @type {string} */ (at(payload, question.path))) ?? otherwise;
    return next === undefined ? misfit(question, question.path, payload) : next(payload, headers);
  };
}

/**
 * Tells whether something else than an object stands on the way to where a path leads.
 * @param {unknown} payload
 * @param {readonly string[]} path
 * @returns {boolean}
 */
function isOffPath(payload, path) {
  return path.some((_, depth) => {
    const there = at(payload, path.slice(0, depth));
    return there !== undefined && typeOf(there) !== 'object';
  });
}

/**
 * Says why no case of a question fits.
 * @param {Extract<Selection, { in: string }>} question
 * @param {readonly string[]} names the question's path, as it was looked up
 * @param {unknown} from
 * @returns {CheckProblem}
 */
function misfit(question, names, from) {
  const part = question.in;
  const code = part === 'headers' ? 'headers.invalid' : 'payload.invalid';
  const depth = names.findIndex((_, index) => at(from, names.slice(0, index + 1)) === undefined);
  if (depth !== -1) {
    const path = pointerOf(question.path.slice(0, depth));
    const found = typeOf(at(from, names.slice(0, depth)));
    return found === 'object'
      ? {
          code,
          in: part,
          path,
          text: `The ${part === 'headers' ? 'header' : 'member'} "${question.path[depth]}" is missing.`,
        }
      : { code, in: part, path, text: 'The value has the wrong type.', expected: 'object', found };
  }
  const path = pointerOf(question.path);
  const value = at(from, names);
  const types = [...new Set(question.cases.map(([constant]) => typeOf(constant)))];
  if (!types.includes(typeOf(value))) {
    return {
      code,
      in: part,
      path,
      text: 'The value has the wrong type.',
      expected: types.join(' or '),
      found: typeOf(value),
    };
  }
  const expected = listed(question.cases.map(([constant]) => constant));
  const text = `The document knows no message with this "${question.path.at(-1)}".`;
  return { code: 'message.unknown', in: part, path, text, expected, found: shown(value) };
}

/**
 * Lists every message that a question can lead to, in document order.
 * @param {Selection} selection
 * @returns {number[]}
 */
function allMessages(selection) {
  if ('messages' in selection) return [...selection.messages];
  const next =
    'has' in selection
      ? [selection.yes, selection.no]
      : 'types' in selection
        ? selection.types.map(([, one]) => one)
        : [
            ...selection.cases.map(([, one]) => one),
            ...(selection.otherwise ? [selection.otherwise] : []),
          ];
  return [...new Set(next.flatMap(allMessages))].sort((one, other) => one - other);
}
