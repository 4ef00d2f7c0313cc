import { interpreterOf } from '../judge/interpret.js';
import { copySchema } from '../judge/schema-copy.js';
import { Ajv, type ErrorObject, type ValidateFunction } from './ajv.js';
import { closestName } from './closest-name.js';
import { joinPointer } from './json-pointer.js';
import { type JsonObject, member } from './positions.js';

/** What is wrong with a piece of data that this package defines: where (a JSON Pointer in it), and why. */
export interface DataFault {
  readonly path: string;
  /** Whether the name or the value at the path is at fault. */
  readonly part: 'key' | 'value';
  /** A clause that follows the name of the data: `has no field "retires" (did you mean "retries"?)`. */
  readonly reason: string;
}

/**
 * Makes a check of data against one of this package's own schemas, which hold no references; it returns the first fault.
 * The schema is interpreted, and compiled only to say why something does not fit it.
 */
export function dataCheck(schema: object): (value: unknown) => DataFault | undefined {
  const reference = () => {
    throw new Error('a schema of this package refers to another');
  };
  const fits = interpreterOf({})(copySchema(schema as JsonObject, reference));
  let validate: ValidateFunction | undefined;
  return (value) => {
    if (fits(value)) return undefined;
    validate ??= new Ajv(options).compile(schema);
    return validate(value) === true ? undefined : faultOf(validate.errors?.[0]);
  };
}

const options = {
  strict: true,
  allowUnionTypes: true,
  discriminator: true,
  verbose: true,
  meta: false,
  validateSchema: false,
  code: { optimize: false },
} as const;

/** How many allowed values are listed; of more, the one that is meant is suggested. */
const MAX_LISTED = 20;

function faultOf(error: ErrorObject | undefined): DataFault {
  if (error === undefined) return { path: '', part: 'value', reason: 'is not well formed' };
  const { instancePath: path, keyword, params, message, parentSchema, data } = error;
  if (keyword === 'additionalProperties') {
    const name = String(params.additionalProperty);
    const suggestion = closestName(name, Object.keys(member(parentSchema, 'properties') ?? {}));
    const hint = suggestion === undefined ? '' : ` (did you mean ${JSON.stringify(suggestion)}?)`;
    return {
      path: joinPointer(path, name),
      part: 'key',
      reason: `has no field ${JSON.stringify(name)}${hint}`,
    };
  }
  if (keyword === 'discriminator') {
    const { tag, tagValue } = params;
    return typeof tagValue === 'string'
      ? {
          path: joinPointer(path, tag),
          part: 'value',
          reason: `knows no ${tag} ${JSON.stringify(tagValue)}`,
        }
      : { path, part: 'value', reason: `must have the field ${JSON.stringify(tag)}` };
  }
  const meaning = member(parentSchema, '$comment');
  if (keyword === 'pattern' && typeof meaning === 'string')
    return { path, part: 'value', reason: `must ${meaning}` };
  const allowed: unknown = params.allowedValues ?? params.allowedValue;
  if (Array.isArray(allowed) && allowed.length > MAX_LISTED) {
    const suggestion = closestName(String(data), allowed.map(String));
    const hint = suggestion === undefined ? '' : ` (did you mean ${JSON.stringify(suggestion)}?)`;
    return { path, part: 'value', reason: `knows no ${JSON.stringify(data)}${hint}` };
  }
  const reason =
    allowed === undefined ? (message ?? keyword) : `${message}: ${JSON.stringify(allowed)}`;
  return { path, part: 'value', reason };
}
