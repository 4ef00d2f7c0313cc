import { readSources } from '../spec/build-spec.js';
import type { Json, JsonObject, Message, Source, Spec } from '../spec/model.js';
import { isObject, member } from '../spec/positions.js';

type Sources = Spec['sources'];

/** Says in words what a schema means: its description, unit and limits, and who says so. */
export function describeSchema(schema: Json, sources: Sources): string {
  if (!isObject(schema)) return '';
  const paragraphs = [
    textOf(schema, 'description'),
    [...limitsOf(schema), ...labelled(schema)].join('\n'),
    originOf(readSources(schema['x-source']), textOf(schema, 'x-inferred'), sources),
  ];
  return paragraphs.filter((text) => text !== '').join('\n\n');
}

/** Says in words what a message is: its title or summary, its description, and who says so. */
export function describeMessage(message: Message, sources: Sources): string {
  const paragraphs = [
    `The payload of \`${message.name}\`${message.summary === undefined ? '.' : `: ${message.summary}`}`,
    message.description ?? '',
    originOf(message.sources, message.inferred ?? '', sources),
  ];
  return paragraphs.filter((text) => text.trim() !== '').join('\n\n');
}

function labelled(schema: JsonObject): string[] {
  const unit = textOf(schema, 'x-unit');
  const value = schema.default;
  return [
    ...(unit === '' ? [] : [`Unit: ${unit}.`]),
    ...(value === undefined ? [] : [`Default: ${JSON.stringify(value)}.`]),
    ...(schema.deprecated === true ? ['Deprecated.'] : []),
  ];
}

/** Lists what a schema demands that its type does not say. */
function limitsOf(schema: JsonObject): string[] {
  const say = (keyword: string, words: (value: string) => string) =>
    schema[keyword] === undefined ? [] : [words(String(schema[keyword]))];
  return [
    ...say('format', (format) => `Format: ${format}.`),
    ...say('pattern', (pattern) => `Pattern: ${pattern}`),
    ...say('minimum', (limit) => `At least ${limit}.`),
    ...say('exclusiveMinimum', (limit) => `More than ${limit}.`),
    ...say('maximum', (limit) => `At most ${limit}.`),
    ...say('exclusiveMaximum', (limit) => `Less than ${limit}.`),
    ...say('multipleOf', (step) => `A multiple of ${step}.`),
    ...say('minLength', (limit) => `Length at least ${limit}.`),
    ...say('maxLength', (limit) => `Length at most ${limit}.`),
    ...say('minItems', (limit) => `Number of items at least ${limit}.`),
    ...say('maxItems', (limit) => `Number of items at most ${limit}.`),
    ...say('minProperties', (limit) => `Number of members at least ${limit}.`),
    ...say('maxProperties', (limit) => `Number of members at most ${limit}.`),
    ...(schema.uniqueItems === true ? ['No item stands twice.'] : []),
    ...(['not', 'if', 'contains', 'propertyNames', 'dependencies', 'patternProperties'] as const)
      .filter((keyword) => schema[keyword] !== undefined)
      .map((keyword) => `The schema's "${keyword}" demands more than this type says.`),
  ];
}

function originOf(from: readonly Source[], inferred: string, sources: Sources): string {
  const lines = from.map(({ document, section }) => {
    const known = sources.get(document);
    const date = known === undefined || known.date === 'not stated' ? '' : ` (${known.date})`;
    return `Source: ${known?.title ?? document}, ${section}${date}.`;
  });
  return [...(inferred === '' ? [] : [`Inferred: ${inferred}`]), ...lines].join('\n');
}

function textOf(value: Json, name: string): string {
  const text = member(value, name);
  return typeof text === 'string' ? text.trim() : '';
}
