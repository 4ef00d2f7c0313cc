import { type Coverage, proofWords } from '../../contract/coverage.js';
import type { Example, Message, Operation, Schema } from '../../spec/model.js';
import { anchorOf } from '../anchors.js';
import {
  type Block,
  code,
  type Fact,
  type Inline,
  link,
  paragraph,
  type Section,
  separated,
} from '../content.js';
import { credentialWords } from './credential-words.js';
import { describedFacts, describedProse } from './described.js';
import { requestLine } from './example-request.js';
import { fieldsOf } from './fields.js';
import { headline, wholeTitle } from './headline.js';
import { jsonText } from './json.js';
import type { ProviderContext } from './provider-context.js';

/** Describes a message: what can arrive, what is in it, how it looks, who relies on it. */
export function messageSection(message: Message, context: ProviderContext): Section {
  const { name, title, payload, headers, examples } = message;
  const id = context.messageId(message);
  const part = (key: string, heading: string, blocks: readonly Block[]): Section[] =>
    blocks.length === 0 ? [] : [{ id: `${id}:${key}`, title: heading, blocks, sections: [] }];
  return {
    id,
    title: headline(title ?? name),
    ...(title === undefined || title === name ? {} : { name }),
    finds: 'message',
    blocks: [
      ...wholeTitle(title ?? name),
      ...describedProse(message),
      {
        kind: 'facts',
        facts: [...facts(message, context), ...describedFacts(message, context.spec)],
      },
    ],
    sections: [
      ...part('headers', 'Headers', headerBlocks(message, headers, id, context)),
      ...part('payload', 'Payload', payloadBlocks(message, payload, id, context)),
      ...part(
        'examples',
        examples.length > 1 ? 'Examples' : 'Example',
        examples.flatMap(exampleBlocks),
      ),
      ...part('request', 'Send it', requestBlocks(message, context)),
      ...part('type', 'TypeScript type', typeBlocks(message, context)),
      ...part(
        'contracts',
        'Contracts',
        contractBlocks(context.pacts.coverageOf(context.read, message), context),
      ),
    ],
  };
}

function facts(message: Message, context: ProviderContext): Fact[] {
  const { spec } = context;
  const { contentType, correlationId, channels, security } = message;
  const [schema] = context.schemaFiles.get(message.payload?.pointer ?? '') ?? [];
  const operations = spec.operations.filter((one) => one.messages.includes(message.name));
  return [
    {
      term: 'Channel',
      content: separated(
        channels.map((id) => [context.channelLink(id)]),
        ', ',
      ),
    },
    ...(operations.length === 0
      ? []
      : [{ term: 'Operation', content: separated(operations.map(operationWords), ', ') }]),
    {
      term: 'Content type',
      content: [contentType === undefined ? 'not stated' : code(contentType)],
    },
    { term: 'Authenticity', content: credentialsOf(security, context) },
    ...(correlationId === undefined
      ? []
      : [{ term: 'Correlation id', content: [code(correlationId.location)] }]),
    {
      term: 'Downloads',
      content: [
        ...(schema === undefined
          ? []
          : [link({ file: schema }, 'JSON Schema of the payload'), ', ']),
        link({ file: `${spec.name}/types.d.ts` }, 'types'),
      ],
    },
  ];
}

/** Says what an operation does with a message. */
function operationWords(operation: Operation): Inline[] {
  const { id, action } = operation;
  return [
    code(id),
    action === 'send' ? ' sends it, ' : ' receives it, ',
    ...requestLine(operation),
  ];
}

/** Says which credentials a message demands: one of each list. */
function credentialsOf(security: Message['security'], { spec }: ProviderContext): Inline[] {
  const target = { page: `${spec.name}/index`, id: 'authenticity' };
  if (security.length === 0) return [link(target, 'nothing is demanded')];
  const lists = security.map((list) =>
    separated(
      list.map((index): Inline[] => {
        const credential = spec.credentials[index];
        return credential === undefined ? [] : credentialWords(credential);
      }),
      ' or ',
    ),
  );
  return [...separated(lists, ', and '), ' (', link(target, 'how to check it'), ')'];
}

function headerBlocks(
  message: Message,
  headers: Schema | undefined,
  id: string,
  context: ProviderContext,
): Block[] {
  if (headers === undefined) return [];
  const fields = fieldsOf(headers, 'all headers', {
    ...context.fields,
    idOf: (path) => `${id}/headers/${anchorOf(path || 'all')}`,
    consumersOf: () => [],
  });
  return [{ kind: 'fields', label: `Headers of ${message.name}`, fields }];
}

function payloadBlocks(
  message: Message,
  payload: Schema | undefined,
  id: string,
  context: ProviderContext,
): Block[] {
  if (payload === undefined) return [paragraph('The document does not say what the body holds.')];
  const shared = context.fields.sectionOf(payload.pointer);
  if (shared !== undefined && context.isRepeated(payload)) {
    const name = context.fields.nameOf(`#${payload.pointer}`);
    return [paragraph('The body is ', link(shared, name), ', as that of other messages is.')];
  }
  const fields = fieldsOf(payload, 'the whole body', {
    ...context.fields,
    idOf: (path) => `${id}/${anchorOf(path || 'body')}`,
    consumersOf: (path) => context.pacts.consumersOf(message, path),
  });
  return [{ kind: 'fields', label: `Payload of ${message.name}`, fields }];
}

function exampleBlocks({ name, summary, payload, headers }: Example): Block[] {
  const label = name === undefined ? 'Payload' : `Payload: ${name}`;
  return [
    ...(summary === undefined ? [] : [{ kind: 'prose', markdown: summary } as const]),
    ...(headers === undefined
      ? []
      : [jsonBlock(name === undefined ? 'Headers' : `Headers: ${name}`, headers)]),
    ...(payload === undefined ? [] : [jsonBlock(label, payload)]),
  ];
}

function jsonBlock(label: string, value: unknown): Block {
  return { kind: 'code', language: 'json', label, text: jsonText(value, 2) };
}

function requestBlocks(message: Message, { requests }: ProviderContext): Block[] {
  const request = requests.of(message);
  if (request === undefined) {
    return [
      paragraph('No example delivery can be written as a command from what the document says.'),
    ];
  }
  const made = request.isMade
    ? 'The document shows no payload; this one was made from the schema. '
    : '';
  const known: Inline[] = request.secrets.length === 0 ? [] : [' that knows ', ...request.secrets];
  return [
    paragraph(`${made}To a receiver on this machine`, ...known, ':'),
    { kind: 'code', language: 'sh', label: 'curl', text: request.commands },
  ];
}

function typeBlocks(message: Message, { names, typeText }: ProviderContext): Block[] {
  const text = typeText(names.payload(message));
  return text === '' ? [] : [{ kind: 'code', language: 'ts', label: 'TypeScript', text }];
}

function contractBlocks(coverage: readonly Coverage[], { pacts }: ProviderContext): Block[] {
  if (!pacts.isThere) return [];
  if (coverage.length === 0) return [paragraph('No pact is about this message.')];
  return [
    {
      kind: 'table',
      label: 'Contracts',
      columns: ['Consumer', 'Producer', 'Expected', 'Sent', 'Proved by'],
      rows: coverage.map((one) => [
        [one.consumer ?? ''],
        [one.producer ?? ''],
        [interactions(one.expected)],
        [interactions(one.sent)],
        [proofWords(one)],
      ]),
    },
  ];
}

function interactions(count: number): string {
  return count === 0 ? 'no interaction' : count === 1 ? '1 interaction' : `${count} interactions`;
}
