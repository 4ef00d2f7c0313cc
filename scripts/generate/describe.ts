import { readSources } from '../spec/described.js';
import type { Json, JsonObject, Message, Source, Spec } from '../spec/model.js';
import { isObject, member } from '../spec/positions.js';
import type { NameOf } from './clauses.js';
import { rulesOf } from './rules.js';

type Sources = Spec['sources'];

/** Says in words what a schema means: its description or title, unit and limits, and who says so. */
export function describeSchema(schema: Json, sources: Sources, nameOf: NameOf): string {
  if (!isObject(schema)) return '';
  const paragraphs = [
    textOf(schema, 'description') || textOf(schema, 'title'),
    itemsOf(schema),
    [...openness(schema), ...rulesOf(schema, nameOf), ...labelled(schema)].join('\n'),
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

/** What the items of a list mean, where they bear no name of their own. */
function itemsOf({ items = null }: JsonObject): string {
  const text = textOf(items, 'description');
  return text === '' ? '' : `Items: ${text}`;
}

/** What describes objects or lists only and states no type accepts all that is neither. */
function openness(schema: JsonObject): string[] {
  const says = (...keywords: string[]) =>
    keywords.some((keyword) => Object.hasOwn(schema, keyword));
  if (says('type', 'enum', 'const', 'allOf', 'anyOf', 'oneOf', '$ref')) return [];
  return [
    ...(says('properties', 'required', 'additionalProperties', 'patternProperties')
      ? ['A value that is no object is accepted too.']
      : []),
    ...(says('items') ? ['A value that is no list is accepted too.'] : []),
  ];
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
