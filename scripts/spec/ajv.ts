/** The one file that imports Ajv. */
import standalone from 'ajv/dist/standalone/index.js';

/** Writes validators as the source text of a module. */
export const standaloneCode = standalone.default;
export {
  _,
  Ajv,
  type Code,
  type CodeKeywordDefinition,
  type ErrorObject,
  type KeywordCxt,
  type Name,
  stringify,
  type ValidateFunction,
} from 'ajv';
export { and, not, or } from 'ajv/dist/compile/codegen/index.js';
export { Type } from 'ajv/dist/compile/util.js';
export { usePattern } from 'ajv/dist/vocabularies/code.js';
