import { Ajv, type ErrorObject } from './ajv.js';
import { closestName } from './closest-name.js';
import { joinPointer } from './json-pointer.js';
import { member } from './positions.js';

/** What is wrong with a piece of data that this package defines: where (a JSON Pointer in it), and why. */
export interface DataFault {
  readonly path: string;
  /** Whether the name or the value at the path is at fault. */
  readonly part: 'key' | 'value';
  /** A clause that follows the name of the data: `has no field "retires" (did you mean "retries"?)`. */
  readonly reason: string;
}

/** Makes a check of data against one of this package's own schemas; it returns the first fault. */
export function dataCheck(schema: object): (value: unknown) => DataFault | undefined {
  const ajv = new Ajv({
    strict: true,
    allowUnionTypes: true,
    discriminator: true,
    verbose: true,
    code: { optimize: false },
  });
  const validate = ajv.compile(schema);
  return (value) => (validate(value) === true ? undefined : faultOf(validate.errors?.[0]));
}

function faultOf(error: ErrorObject | undefined): DataFault {
  if (error === undefined) return { path: '', part: 'value', reason: 'is not well formed' };
  const { instancePath: path, keyword, params, message, parentSchema } = error;
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
  const allowed: unknown = params.allowedValues ?? params.allowedValue;
  const reason =
    allowed === undefined ? (message ?? keyword) : `${message}: ${JSON.stringify(allowed)}`;
  return { path, part: 'value', reason };
}
