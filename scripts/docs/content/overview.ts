import type { Spec } from '../../spec/model.js';
import {
  type Block,
  code,
  type Fact,
  type Inline,
  link,
  notStated,
  prose,
  type Section,
  separated,
} from '../content.js';
import { describedFacts } from './described.js';
import { headline, wholeTitle } from './headline.js';
import type { ProviderContext } from './provider-context.js';

/** Says what the application does with messages that the document speaks for. */
export function directionWords({ operations }: Spec): string {
  const actions = new Set(operations.map(({ action }) => action));
  if (actions.size === 0) return 'not stated';
  if (actions.size > 1) return 'sends some messages and receives others';
  return actions.has('send') ? 'sends the messages' : 'receives the messages';
}

/** Describes the document: what it is about, who stands behind it. */
export function overviewSection({ spec, read }: ProviderContext): Section {
  const { info, description, operations } = spec;
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
            content:
              operations.length === 0
                ? [notStated]
                : [`The application described here ${directionWords(spec)}.`],
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
