import type { NameOf } from '../../generate/clauses.js';
import { visible } from '../../generate/code.js';
import { type DeclaredTypes, declareTypes, typesModule } from '../../generate/emit-types.js';
import type { Names } from '../../generate/names.js';
import { pointerOfReference } from '../../judge/schema-copy.js';
import type { Message, Schema, Spec } from '../../spec/model.js';
import type { SpecDocument } from '../../spec/read-spec.js';
import { fileNames } from '../anchors.js';
import { link, type Section, type Target } from '../content.js';
import { standaloneSchema } from '../json-schema.js';
import { textOfMarkdown } from '../markdown.js';
import type { PactView } from '../pacts.js';
import { publishedDocument } from '../published-document.js';
import { NullTest } from './accepts-null.js';
import { authenticitySection } from './authenticity.js';
import { channelsSection } from './channels.js';
import { deliverySection } from './delivery.js';
import { environmentsSection } from './environments.js';
import { ExampleRequests } from './example-request.js';
import { headline, summaryLine } from './headline.js';
import { messageSection } from './messages.js';
import { messagesTable, overviewSection } from './overview.js';
import type { ProviderContext } from './provider-context.js';
import { schemaSection, sharedSchemasOf } from './shared-schemas.js';
import { contradictionsSection, sourcesSection } from './sources.js';
import { typeTexts } from './types.js';
import { unsaidSection } from './unsaid.js';

/** What is known of a provider: the sections about it, and the files that are offered beside them. */
export interface Provider {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly sections: readonly Section[];
  readonly files: ReadonlyMap<string, string>;
}

/** Describes a document. */
export async function describeProvider(
  read: SpecDocument,
  names: Names,
  pacts: PactView,
): Promise<Provider> {
  const types = await declareTypes(read, names);
  const context = contextOf(read, names, types, pacts);
  const { spec } = context;
  const sections: Section[] = [
    overviewSection(context),
    messagesSection(context),
    environmentsSection(context),
    await authenticitySection(spec, context.requests),
    deliverySection(spec),
    channelsSection(context),
    ...contradictionsSection(spec),
    ...schemasSection(context),
    ...sourcesSection(spec),
  ];
  return {
    name: spec.name,
    title: headline(spec.title),
    summary: summaryOf(spec),
    sections: [...sections, ...unsaidSection(read.original, [spec.title, sections])],
    files: downloads(context, types),
  };
}

/** Says in one sentence what a document is about: the first of its description. */
export function summaryOf({ description, title }: Spec): string {
  const text = textOfMarkdown(description ?? '');
  const [sentence = text] = /^.*?[.!?](?= \p{Lu}|$)/u.exec(text) ?? [];
  return summaryLine(sentence || title);
}

function messagesSection(context: ProviderContext): Section {
  return {
    id: 'messages',
    title: 'Messages',
    blocks: [messagesTable(context)],
    sections: context.spec.messages.map((message) => messageSection(message, context)),
  };
}

function schemasSection(context: ProviderContext): Section[] {
  const { sharedSchemas } = context;
  if (sharedSchemas.length === 0) return [];
  return [
    {
      id: 'schemas',
      title: 'Shared schemas',
      blocks: [],
      sections: sharedSchemas.map((schema) => schemaSection(schema, context)),
    },
  ];
}

/** Makes the files that are offered: the bundled document, the JSON Schemas of payloads, the types. */
function downloads(context: ProviderContext, types: DeclaredTypes): Map<string, string> {
  const { read, spec, schemaFiles } = context;
  return new Map([
    [`${spec.name}/asyncapi.json`, fileText(publishedDocument(read))],
    [`${spec.name}/types.d.ts`, visible(typesModule(types))],
    ...schemaFiles.values(),
  ]);
}

/** How large the JSON Schemas get together: each holds all that it refers to. */
const MAX_SCHEMAS = 50_000_000;

/** Makes a file for each payload; none any more where they would be too much together. */
function schemaFilesOf(
  spec: Spec,
  names: ReadonlyMap<string, string>,
  nameOf: NameOf,
): Map<string, readonly [file: string, text: string]> {
  const made = new Map<string, readonly [string, string]>();
  let left = MAX_SCHEMAS;
  for (const { name, payload } of spec.messages) {
    if (payload === undefined || made.has(payload.pointer) || left <= 0) continue;
    const text = fileText(standaloneSchema(payload, spec, (pointer) => nameOf(`#${pointer}`)));
    left -= text.length;
    const file = `${spec.name}/schemas/${names.get(name)}.schema.json`;
    if (left > 0) made.set(payload.pointer, [file, text]);
  }
  return made;
}

/** How large JSON gets before it is written without line ends. */
const MAX_INDENTED = 1_000_000;

function fileText(value: unknown): string {
  const compact = JSON.stringify(value);
  return `${compact.length > MAX_INDENTED ? compact : JSON.stringify(value, null, 2)}\n`;
}

function contextOf(
  read: SpecDocument,
  names: Names,
  types: DeclaredTypes,
  pacts: PactView,
): ProviderContext {
  const { spec, document } = read;
  const index = `${spec.name}/index`;
  const sharedSchemas = sharedSchemasOf(read);
  const schemas = new Map(spec.schemas.map((schema) => [schema.pointer, schema]));
  const nameOf = ($ref: string): string => {
    const schema = schemas.get(pointerOfReference($ref));
    return schema === undefined ? $ref : (schema.name ?? names.schema(schema));
  };
  const held = spec.messages.flatMap(({ payload }) => payload?.pointer ?? []);
  const messageFiles = fileNames(spec.messages.map(({ name }) => name));
  const schemaFiles = fileNames(sharedSchemas.map(({ pointer }) => nameOf(`#${pointer}`)));
  const messageId = ({ name }: Message) => `messages/${messageFiles.get(name)}`;
  const schemaId = ({ pointer }: Schema) => `schemas/${schemaFiles.get(nameOf(`#${pointer}`))}`;
  const targetOf = (id: string): Target => ({ page: index, id });
  const shared = new Map(
    sharedSchemas.map((schema) => [schema.pointer, targetOf(schemaId(schema))]),
  );
  const channelIds = fileNames(spec.channels.map(({ id }) => id));
  const channelId = (key: string) => `channels/${channelIds.get(key)}`;
  const titles = new Map(spec.channels.map(({ id, title }) => [id, title ?? id]));
  return {
    read,
    spec,
    names,
    typeText: typeTexts(types),
    requests: new ExampleRequests(read),
    pacts,
    fields: {
      spec,
      document,
      nameOf,
      nullTest: new NullTest(document),
      sectionOf: (pointer) => shared.get(pointer),
    },
    sharedSchemas,
    messageId,
    messageTarget: (message) => targetOf(messageId(message)),
    schemaId,
    channelId,
    channelLink: (key) => link({ page: index, id: channelId(key) }, titles.get(key) ?? key),
    schemaFiles: schemaFilesOf(spec, messageFiles, nameOf),
    isRepeated: (payload) => held.filter((one) => one === payload.pointer).length > 1,
  };
}
