/** The one file that imports Ajv. */

import { createRequire } from 'node:module';

// Loaders differ in what they take for the default export of these.
const require = createRequire(import.meta.url);
const core = require('ajv/dist/core.js') as typeof import('ajv/dist/core.js');
const names = require('ajv/dist/compile/names.js') as typeof import('ajv/dist/compile/names.js');

/** Ajv without any keyword. */
export const AjvCore = core.default;
/** The names of the parameters of the functions that Ajv writes. */
export const parameters = names.default;
export {
  _,
  Ajv,
  type Code,
  type CodeKeywordDefinition,
  type ErrorObject,
  type KeywordCxt,
  Name,
  stringify,
} from 'ajv';
export { and, getProperty, not, or, strConcat } from 'ajv/dist/compile/codegen/index.js';
export { Type } from 'ajv/dist/compile/util.js';
