// @ts-check
/** Says in words what is wrong with a value. */
import { at } from './values.js';

/**
 * What a validator that Ajv made says of the first fault.
 * @typedef {{ instancePath: string, keyword: string, params: Record<string, any> }} Fault
 */

/** @type {Readonly<Record<string, string>>} */
const TEXTS = {
  additionalItems: 'The list is too long.',
  uniqueItems: 'An item of the list stands twice.',
  contains: 'The list does not hold the items that are demanded.',
  not: 'The value is one of those excluded.',
  minimum: 'The number is too small.',
  exclusiveMinimum: 'The number is too small.',
  maximum: 'The number is too large.',
  exclusiveMaximum: 'The number is too large.',
  multipleOf: 'The number is not a multiple.',
  minLength: 'The text is too short.',
  maxLength: 'The text is too long.',
  minItems: 'The list is too short.',
  maxItems: 'The list is too long.',
  minProperties: 'The object has too few members.',
  maxProperties: 'The object has too many members.',
};

/**
 * Says in words what a validator found.
 * @param {readonly Fault[]} faults
 * @param {unknown} value the payload or the headers
 * @returns {{ path: string, text: string, expected?: string, found?: string }}
 */
export function explain(faults, value) {
  const fault = faults.at(-1);
  if (fault === undefined) return { path: '', text: 'The value does not fit its schema.' };
  const { instancePath: path, keyword, params } = fault;
  const there = faults.filter(({ instancePath }) => instancePath === path);
  const found = shown(valueAt(value, path));
  switch (keyword) {
    case 'required':
      return { path, text: `The member "${params.missingProperty}" is missing.` };
    case 'dependencies':
      return {
        path,
        text: `The member "${params.missingProperty}" is missing, which "${params.property}" needs.`,
      };
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const name = params.additionalProperty ?? params.unevaluatedProperty;
      return {
        path: `${path}${pointerOf([String(name)])}`,
        text: 'The member is not allowed here.',
      };
    }
    case 'unevaluatedItems':
      return { path: `${path}/${params.unevaluatedItem}`, text: 'The item is not allowed here.' };
    case 'type':
      return {
        path,
        text: 'The value has the wrong type.',
        expected: [params.type].flat().join(' or '),
        found,
      };
    case 'const':
      return {
        path,
        text: 'The value is not the constant.',
        expected: shown(params.allowedValue),
        found,
      };
    case 'enum':
      return {
        path,
        text: 'The value is not one of those allowed.',
        expected: listed(params.allowedValues),
        found,
      };
    case 'format':
      return { path, text: 'The value does not have its format.', expected: params.format, found };
    case 'pattern':
      return {
        path,
        text: 'The value does not match its pattern.',
        expected: params.pattern,
        found,
      };
    case 'anyOf':
    case 'oneOf': {
      const missing = there
        .filter((one) => one.keyword === 'required')
        .map(({ params }) => params.missingProperty);
      if (missing.length > 1 && missing.length === there.length - 1) {
        return {
          path,
          text: 'At least one of several members is missing.',
          expected: listed(missing),
        };
      }
      const text = params.passingSchemas
        ? 'The value fits more than one alternative.'
        : 'The value fits no alternative.';
      return { path, text, found };
    }
    case 'propertyNames':
      return { path, text: `The name ${shown(params.propertyName)} is not allowed here.` };
    case 'false schema':
      return { path, text: 'No value is allowed here.', found };
    default:
      return {
        path,
        text: TEXTS[keyword] ?? `The value breaks the keyword "${keyword}".`,
        ...limitOf(keyword, params),
        found,
      };
  }
}

/**
 * @param {string} keyword
 * @param {Record<string, any>} params
 * @returns {{ expected?: string }}
 */
function limitOf(keyword, { comparison, limit, multipleOf }) {
  if (multipleOf !== undefined) return { expected: `a multiple of ${multipleOf}` };
  if (limit === undefined) return {};
  return {
    expected: `${comparison ?? (keyword.startsWith('min') ? 'at least' : 'at most')} ${limit}`,
  };
}

/**
 * @param {unknown} value
 * @param {string} path a JSON Pointer
 * @returns {unknown}
 */
function valueAt(value, path) {
  if (path === '') return value;
  const names = path.slice(1).split('/');
  return at(
    value,
    names.map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~')),
  );
}

/**
 * Shows a value in one line of at most 80 characters.
 * @param {unknown} value
 * @returns {string}
 */
export function shown(value) {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = typeof value === 'string' ? JSON.stringify(value.slice(0, 80)) : String(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/**
 * @param {readonly unknown[]} values
 * @returns {string}
 */
export function listed(values) {
  const some = values.slice(0, 20).map(shown).join(', ');
  return values.length > 20 ? `${some}, … (${values.length} in all)` : some;
}

/**
 * @param {unknown} value
 * @returns {string} the value's JSON type
 */
export function typeOf(value) {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/**
 * @param {readonly string[]} names
 * @returns {string} the JSON Pointer of these names
 */
export function pointerOf(names) {
  return names.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
