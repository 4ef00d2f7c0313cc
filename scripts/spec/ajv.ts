/** The one file that imports Ajv. */
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
