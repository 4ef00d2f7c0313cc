/** Twelve kinds of changes that tools for AsyncAPI leave unclassified, each in both directions, on the Mews document. */
import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { diff } from '../scripts/compare/diff.js';
import { defaultConfig } from '../scripts/config/config.js';
import { readSpec } from '../scripts/spec/read-spec.js';
import type { Any } from './support/pact-matching.js';
import { inRepository } from './support/repository.js';
import { temporaryFolder } from './support/temporary-folder.js';

type Verdict = 'breaks consumers' | 'breaks producers' | 'breaks neither';

interface Kind {
  readonly kind: string;
  readonly change: (document: Any) => void;
  readonly send: readonly Verdict[];
  readonly receive: readonly Verdict[];
}

const attributes = (document: Any): Any =>
  document.components.schemas.OrderTotalUpdatedPayload.properties.data.properties.attributes;
const status = (document: Any): Any => document.components.schemas.BookingStatus;
const toConsumers = { send: ['breaks consumers'], receive: ['breaks neither'] } as const;
const toProducers = { send: ['breaks neither'], receive: ['breaks producers'] } as const;
const toBoth = { send: ['breaks consumers'], receive: ['breaks producers'] } as const;
const toNobody = { send: ['breaks neither'], receive: ['breaks neither'] } as const;

const kinds: readonly Kind[] = [
  {
    kind: 'required added',
    change: (document) => attributes(document).required.push('tipAmount'),
    ...toProducers,
  },
  {
    kind: 'required removed',
    change: (document) => {
      attributes(document).required = ['updatedAt'];
    },
    ...toConsumers,
  },
  { kind: 'enum narrowed', change: (document) => status(document).enum.pop(), ...toProducers },
  {
    kind: 'enum widened',
    change: (document) => status(document).enum.push('late'),
    ...toConsumers,
  },
  {
    kind: 'type changed',
    change: (document) => {
      attributes(document).properties.total.type = 'number';
    },
    ...toBoth,
  },
  {
    kind: 'property removed, which was required',
    change: (document) => {
      const { total, ...others } = attributes(document).properties;
      attributes(document).properties = others;
      attributes(document).required = ['updatedAt'];
      expect(total).toBeDefined();
    },
    ...toConsumers,
  },
  {
    kind: 'property removed, which was optional',
    change: (document) => {
      delete attributes(document).properties.tipAmount;
    },
    ...toNobody,
  },
  {
    kind: 'optional property added',
    change: (document) => {
      attributes(document).properties.currency = { type: 'string' };
    },
    ...toNobody,
  },
  {
    kind: 'nullable added',
    change: (document) => {
      attributes(document).properties.total.type = ['string', 'null'];
    },
    ...toConsumers,
  },
  {
    kind: 'format added',
    change: (document) => {
      document.components.schemas.EntityId.format = 'uuid';
    },
    ...toProducers,
  },
  {
    kind: 'constant changed',
    change: (document) => {
      const { data } = document.components.schemas.BookingStatusUpdatedPayload.properties;
      data.properties.type.const = 'booking';
    },
    ...toBoth,
  },
  {
    kind: 'description changed',
    change: (document) => {
      status(document).description = 'What has become of it.';
      document.info.description = 'All about it.';
    },
    ...{ send: [], receive: [] },
  },
  {
    kind: 'message removed',
    change: (document) => {
      delete document.channels.webhookEndpoint.messages.orderTotalUpdated;
      const [operation] = Object.values<Any>(document.operations);
      operation.messages = operation.messages.filter(
        ({ $ref }: Any) => !$ref.endsWith('/orderTotalUpdated'),
      );
    },
    ...toBoth,
  },
];

describe.each(kinds)('$kind', ({ change, ...expected }) => {
  test.each(['send', 'receive'] as const)('where the application is to %s', async (action) => {
    const read = (edit: (document: Any) => void) => {
      const text = readFileSync(inRepository('specs', 'mews.asyncapi.yaml'), 'utf8');
      const document: Any = load(text);
      document.operations.sendWebhook.action = action;
      for (const message of Object.values<Any>(document.components.messages)) {
        message.examples = [];
      }
      edit(document);
      const cwd = temporaryFolder({ 'mews.asyncapi.json': JSON.stringify(document) });
      const { spec, problems } = readSpec('mews.asyncapi.json', { cwd });
      if (spec === undefined) throw new Error(JSON.stringify(problems));
      return spec;
    };
    const changes = await diff({ old: read(() => {}), now: read(change) }, defaultConfig);
    expect(changes.map(({ verdict }) => verdict)).toEqual(expected[action]);
  });
});
