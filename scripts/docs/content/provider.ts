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
import { authenticitySection } from './authenticity.js';
import { deliverySection } from './delivery.js';
import { ExampleRequests } from './example-request.js';
import { messageSection } from './messages.js';
import {
  channelsSection,
  contradictionsSection,
  environmentsSection,
  messagesTable,
  overviewSection,
  sourcesSection,
} from './overview.js';
import type { ProviderContext } from './provider-context.js';
import { schemaSection, sharedSchemasOf } from './shared-schemas.js';
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
    title: spec.title,
    summary: summaryOf(spec),
    sections: [...sections, ...unsaidSection(read.original, [spec.title, sections])],
    files: downloads(context, types),
  };
}

/** Says in one sentence what a document is about: the first of its description. */
export function summaryOf({ description, title }: Spec): string {
  const text = textOfMarkdown(description ?? '');
  const [sentence = text] = /^.*?[.!?](?= \p{Lu}|$)/u.exec(text) ?? [];
  return sentence || title;
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
  const { read, spec, fields } = context;
  const schemas = spec.messages.flatMap((message) => {
    const file = context.schemaFile(message);
    if (file === undefined || message.payload === undefined) return [];
    const schema = standaloneSchema(message.payload, spec, (pointer) =>
      fields.nameOf(`#${pointer}`),
    );
    return [[file, jsonText(schema)] as const];
  });
  return new Map([
    [`${spec.name}/asyncapi.json`, jsonText(publishedDocument(read))],
    [`${spec.name}/types.d.ts`, visible(typesModule(types))],
    ...schemas,
  ]);
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
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
    fields: { spec, document, nameOf, sectionOf: (pointer) => shared.get(pointer) },
    sharedSchemas,
    messageId,
    messageTarget: (message) => targetOf(messageId(message)),
    schemaId,
    channelId,
    channelLink: (key) => link({ page: index, id: channelId(key) }, titles.get(key) ?? key),
    schemaFile: (message) =>
      message.payload === undefined
        ? undefined
        : `${spec.name}/schemas/${messageFiles.get(message.name)}.schema.json`,
  };
}
