import type { Channel, Operation, Server, Spec, Variable } from '../../spec/model.js';
import {
  type Block,
  code,
  type Fact,
  type Inline,
  link,
  notStated,
  paragraph,
  prose,
  type Section,
  separated,
} from '../content.js';
import { describedFacts, describedInline, describedProse } from './described.js';
import { requestLine } from './example-request.js';
import { headline, wholeTitle } from './headline.js';
import { originOf } from './origin.js';
import type { ProviderContext } from './provider-context.js';

/** Says who sends and who receives: the document speaks for one of the two. */
export function directionWords({ operations }: Spec): string {
  const actions = new Set(operations.map(({ action }) => action));
  if (actions.size === 0) return 'sends or receives: that is not stated';
  if (actions.size > 1) return 'sends some messages, receives others';
  return actions.has('send') ? 'sends; you receive' : 'receives; you send';
}

/** Describes the document: what it is about, who stands behind it. */
export function overviewSection({ spec, read }: ProviderContext): Section {
  const { info, description } = spec;
  const { contact, license, termsOfService } = info;
  const optional = (term: string, content: Inline[] | undefined): Fact[] =>
    content === undefined ? [] : [{ term, content }];
  const person =
    contact &&
    separated(
      [
        ...(contact.name === undefined ? [] : [[contact.name]]),
        ...(contact.url === undefined ? [] : [[link({ url: contact.url }, contact.url)]]),
        ...(contact.email === undefined
          ? []
          : [[link({ url: `mailto:${contact.email}` }, contact.email)]]),
      ],
      ', ',
    );
  const files: Inline[] = [
    link({ file: `${spec.name}/asyncapi.json` }, 'the AsyncAPI document, bundled'),
    ', ',
    link({ file: `${spec.name}/types.d.ts` }, 'TypeScript types'),
  ];
  const { defaultContentType } = read.document;
  return {
    id: 'overview',
    title: 'Overview',
    blocks: [
      ...wholeTitle(spec.title),
      ...(description === undefined ? [] : [{ kind: 'prose', markdown: description } as const]),
      {
        kind: 'facts',
        facts: [
          {
            term: 'Direction',
            content: [`The application that is described ${directionWords(spec)}.`],
          },
          { term: 'Version', content: [`${spec.version}, in AsyncAPI ${info.asyncapi}`] },
          ...optional(
            'Content type',
            typeof defaultContentType === 'string' ? [code(defaultContentType)] : undefined,
          ),
          ...describedFacts(info, spec),
          ...optional('Contact', person),
          ...optional(
            'License',
            license && [
              license.url === undefined ? license.name : link({ url: license.url }, license.name),
            ],
          ),
          ...optional(
            'Terms of service',
            termsOfService === undefined
              ? undefined
              : [link({ url: termsOfService }, termsOfService)],
          ),
          { term: 'Downloads', content: files },
        ],
      },
    ],
    sections: [],
  };
}

/** Lists the messages with what they are about. */
export function messagesTable({ spec, messageTarget }: ProviderContext): Block {
  return {
    kind: 'table',
    label: 'Messages',
    columns: ['Message', 'Name', 'When'],
    rows: spec.messages.map((message) => [
      [link(messageTarget(message), headline(message.title ?? message.name))],
      [code(message.name)],
      message.summary === undefined ? [] : [prose(message.summary)],
    ]),
  };
}

/** Describes where requests go to. */
export function environmentsSection({ spec }: ProviderContext): Section {
  const { servers } = spec;
  const rows = servers.map((server) => [
    [server.title ?? server.id, ...(server.title === undefined ? [] : [' ', code(server.id)])],
    [code(server.url)],
    [...describedInline(server), ...variablesWords(server.variables)],
    serverOrigin(server, spec),
  ]);
  const blocks: Block[] =
    rows.length === 0
      ? [paragraph('The document names no server.')]
      : [
          {
            kind: 'table',
            label: 'Environments',
            columns: ['Server', 'Address', 'Description', 'Source'],
            rows,
          },
        ];
  return { id: 'environments', title: 'Environments', finds: 'section', blocks, sections: [] };
}

function serverOrigin(server: Server, spec: Spec): Inline[] {
  const facts = describedFacts({ ...server, sources: [], inferred: undefined }, spec);
  const more = facts.flatMap(({ content }) => [...content, ' ']);
  return [...more, ...originOf(server, spec)];
}

function variablesWords(variables: readonly Variable[]): Inline[] {
  return variables.flatMap((one): Inline[] => [
    ' ',
    code(`{${one.name}}`),
    ': ',
    ...(one.description === undefined ? [] : [prose(one.description), ' ']),
    ...valuesWords('One of ', one.values),
    ...(one.default === undefined ? [] : ['Default: ', code(one.default), '. ']),
    ...valuesWords('For example ', one.examples),
  ]);
}

function valuesWords(opening: string, values: readonly string[]): Inline[] {
  if (values.length === 0) return [];
  const shown = values.map((value): Inline[] => [code(value)]);
  return [opening, ...separated(shown, ', '), '. '];
}

/** Describes the channels, and the operations that are about them. */
export function channelsSection(context: ProviderContext): Section {
  const { spec } = context;
  return {
    id: 'channels',
    title: 'Channels',
    blocks: [],
    sections: spec.channels.map((channel) => channelSection(channel, context)),
  };
}

function channelSection(channel: Channel, context: ProviderContext): Section {
  const { spec } = context;
  const messages = spec.messages.filter(({ channels }) => channels.includes(channel.id));
  const operations = spec.operations.filter((one) => one.channel === channel.id);
  const facts: Fact[] = [
    {
      term: 'Address',
      content:
        channel.address === undefined
          ? [notStated, ": it is the consumer's own"]
          : [code(channel.address)],
    },
    ...(channel.parameters.length === 0
      ? []
      : [{ term: 'Parameters', content: variablesWords(channel.parameters) }]),
    ...(channel.servers.length === 0
      ? []
      : [
          {
            term: 'Servers',
            content: separated(
              channel.servers.map((id): Inline[] => [code(id)]),
              ', ',
            ),
          },
        ]),
    {
      term: 'Messages',
      content: separated(
        messages.map((one): Inline[] => [
          link(context.messageTarget(one), headline(one.title ?? one.name)),
        ]),
        ', ',
      ),
    },
  ];
  return {
    id: context.channelId(channel.id),
    title: headline(channel.title ?? channel.id),
    ...(channel.title === undefined ? {} : { name: channel.id }),
    blocks: [
      ...wholeTitle(channel.title ?? channel.id),
      ...describedProse(channel),
      { kind: 'facts', facts: [...facts, ...describedFacts(channel, spec)] },
      ...(operations.length === 0
        ? []
        : [
            {
              kind: 'table',
              label: `Operations of ${channel.title ?? channel.id}`,
              columns: ['Operation', 'Request', 'Description', 'Source'],
              rows: operations.map((one) => operationRow(one, spec)),
            } as const,
          ]),
    ],
    sections: [],
  };
}

function operationRow(operation: Operation, spec: Spec): Inline[][] {
  const { id, title, action, bindingVersion } = operation;
  const binding = bindingVersion === undefined ? [] : [`, by the HTTP binding ${bindingVersion}`];
  return [
    [...(title === undefined ? [] : [title, ' ']), code(id)],
    [action === 'send' ? 'sends ' : 'receives ', ...requestLine(operation), ...binding],
    describedInline(operation),
    originOf(operation, spec),
  ];
}

/** Describes what the sources contradict or leave open. */
export function contradictionsSection(spec: Spec): Section[] {
  const { contradictions } = spec;
  if (contradictions.length === 0) return [];
  return [
    {
      id: 'contradictions',
      title: 'Contradictions and open questions',
      finds: 'section',
      blocks: [
        {
          kind: 'table',
          label: 'Contradictions',
          columns: ['About', 'What the sources say', 'Source'],
          rows: contradictions.map((one) => [
            [one.about],
            [prose(one.description)],
            originOf({ sources: one.sources, inferred: undefined }, spec),
          ]),
        },
      ],
      sections: [],
    },
  ];
}

/** Lists the documents that the spec was written from. */
export function sourcesSection({ sources }: Spec): Section[] {
  if (sources.size === 0) return [];
  return [
    {
      id: 'sources',
      title: 'Sources',
      finds: 'section',
      blocks: [
        paragraph(
          'Every statement says which of these documents it comes from, or what it was inferred from.',
        ),
        {
          kind: 'table',
          label: 'Sources',
          columns: ['Document', 'Address', 'Date', 'Certainty', 'Note'],
          rows: [...sources].map(([id, { title, url, date, certainty, note, seed }]) => [
            [title, ' ', code(id)],
            [url === undefined ? notStated : link({ url }, url)],
            date === 'not stated' ? [notStated] : [date],
            [certainty ?? ''],
            [
              ...(note === undefined ? [] : [prose(note)]),
              ...(seed === undefined ? [] : [` (document ${seed})`]),
            ],
          ]),
        },
      ],
      sections: [],
    },
  ];
}
