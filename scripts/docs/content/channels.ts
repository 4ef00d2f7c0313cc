import type { Channel, Operation, Spec } from '../../spec/model.js';
import {
  code,
  type Fact,
  type Inline,
  link,
  notStated,
  type Section,
  separated,
} from '../content.js';
import { describedFacts, describedInline, describedProse } from './described.js';
import { requestLine } from './example-request.js';
import { headline, wholeTitle } from './headline.js';
import { originOf } from './origin.js';
import type { ProviderContext } from './provider-context.js';
import { variablesWords } from './variables.js';

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
