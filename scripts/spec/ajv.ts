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
  stringify,
  type ValidateFunction,
} from 'ajv';
