import { AjvCore, type Code } from '../../spec/ajv.js';
import type { Json } from '../../spec/model.js';
import { isObject } from '../../spec/positions.js';
import { leftoverItems, leftoverProperties } from './leftover-keywords.js';
import { combiningKeywords, itemKeywords, memberKeywords, reference } from './schema-keywords.js';
import { declarationsOf, valueKeywords } from './value-keywords.js';
import { JUDGE } from './writing.js';

/** Writes the functions that judge values, each by one schema. */
export interface JudgeWriter {
  /** Writes the function of a definition, whose branches are definitions of their own. */
  readonly write: (token: string, schema: Json) => string;
  /** The constants that the functions use, by name. */
  readonly constants: ReadonlyMap<string, Code>;
}

/**
 * Makes a writer of functions on Ajv, which walks the schemas, names what it meets on the way and asks for types; all
 * other keywords are written here. A function ends at the first fault, so what Ajv writes to go on after one is left
 * out again.
 */
export function judgeWriter(): JudgeWriter {
  let written = '';
  const ajv = new AjvCore({
    // Written for the first fault only: without code that goes on after it, or looks whether there was one.
    allErrors: true,
    strict: false,
    strictNumbers: true,
    validateSchema: false,
    meta: false,
    messages: false,
    logger: false,
    code: {
      lines: true,
      optimize: 0 as never,
      // Takes the code in place of running it.
      process(code) {
        written = code;
        return 'return () => true';
      },
    },
  });
  const { any, number, string, array, distinct, object } = valueKeywords;
  const [types, ...constants] = any;
  for (const definition of [
    { keyword: 'type' },
    reference,
    types,
    ...combiningKeywords,
    ...constants,
    ...number,
    ...string,
    ...array,
    ...itemKeywords,
    distinct,
    leftoverItems,
    ...object,
    ...memberKeywords,
    leftoverProperties,
  ])
    ajv.addKeyword(definition);
  return {
    constants: declarationsOf({ it: { self: ajv } }),
    write(token, schema) {
      const name = `${JUDGE}${token}`;
      if (!isObject(schema)) return functionOf(name, schema === false ? [never(name)] : []);
      ajv.compile(schema);
      ajv.removeSchema(schema);
      return functionOf(name, bodyOf(written, name));
    },
  };
}

function functionOf(name: string, body: readonly string[]): string {
  return [`function ${name}(data, instancePath = "") {`, ...body, 'return true;', '}'].join('\n');
}

function never(name: string): string {
  return `return breaks(${name}, instancePath, "false schema", {});`;
}

/** What Ajv writes to go on after a fault, one statement a line. */
const BOOKKEEPING =
  /^(let vErrors = null;|let errors = 0;|const _errs\d+ = errors;|var valid\d+ = (_errs\d+ === errors|true|false);)$/;
/** How Ajv writes a fault of its own: the wrong type, or a value where none is allowed. */
const FAULT =
  /^const err\d+ = \{instancePath(?::(.*?))?,schemaPath:"(?:[^"\\]|\\.)*",keyword:"(type|false schema)",params:(.*)\};$/;

/** How Ajv's function begins, behind the values that Ajv would hand to it. */
const HEADER = /^return function (validate\d+)\(data, \{/;

/** Keeps of Ajv's function what judges, with its faults as ends; throws where something else stands than is known. */
function bodyOf(code: string, name: string): string[] {
  const [header = '', ...rest] = code.slice(code.indexOf('return function')).split('\n');
  const [, written] = HEADER.exec(header) ?? [];
  if (written === undefined) throw new Error(`a function begins: ${header}`);
  // Nothing is asked of the value.
  if (rest.join('') === `${written}.errors = null;return true;}`) return [];
  const end = rest.lastIndexOf(`${written}.errors = vErrors;`);
  if (rest.slice(end + 1).join('') !== 'return errors === 0;}') throw new Error('a function ends');
  const body: string[] = [];
  for (let index = 0; index < end; index += 1) {
    const line = rest[index] ?? '';
    const fault = FAULT.exec(line);
    if (fault !== null) {
      const [, place = 'instancePath', keyword, params] = fault;
      body.push(`return breaks(${name}, ${place}, "${keyword}", ${params});`);
      while (rest[index] !== 'errors++;') index += 1;
    } else if (!BOOKKEEPING.test(line)) {
      body.push(line.replace(OWN_NAME, (found) => (found === written ? name : found)));
    }
  }
  return body;
}

/** Names of functions that Ajv makes, and strings, so that nothing in them is taken for one. */
const OWN_NAME = /"(?:[^"\\]|\\.)*"|\bvalidate\d+\b/g;
