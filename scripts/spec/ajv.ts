/** The one file that imports Ajv. */
import type { Ajv, Code, Options } from 'ajv';
import { _Code } from 'ajv/dist/compile/codegen/code.js';
import core from 'ajv/dist/core.js';

/** Loaders differ in what they take for the default export: it, or the module that holds it. */
const { default: held = core } = core as { default?: unknown };

/** Ajv without any keyword. */
export const AjvCore = held as new (
  options: Options,
) => Pick<Ajv, 'addKeyword' | 'compile' | 'removeSchema'>;
export {
  _,
  Ajv,
  type Code,
  type CodeKeywordDefinition,
  type ErrorObject,
  type KeywordCxt,
  Name,
  stringify,
  type ValidateFunction,
} from 'ajv';
export { and, getProperty, not, or, strConcat } from 'ajv/dist/compile/codegen/index.js';
export { Type } from 'ajv/dist/compile/util.js';

/** Makes code of a text that was put together from code, in time linear in its length. */
export function codeOf(text: string): Code {
  return new _Code(text);
}
