import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import type { Any } from './pact-matching.js';
import { inRepository } from './repository.js';

/** The versions of the Mews POS documentation of 2025, the oldest first, each rebuilt from the next one. */
export function mewsHistory(): { readonly date: string; readonly document: Any }[] {
  const steps: readonly (readonly [date: string, undo: (document: Any) => void])[] = [
    ['2025-12-04', () => {}],
    [
      '2025-11-25',
      (document) => {
        // order.state.updated came, and took the values that order.status.updated had until then.
        const { schemas } = document.components;
        schemas.OrderStatus = { ...schemas.OrderStatus, enum: schemas.OrderState.enum };
        without(document, 'orderStateUpdated', 'open');
      },
    ],
    [
      '2025-10-07',
      (document) => {
        without(document, 'orderTotalUpdated');
        without(document, 'ordersPaymentsAdded');
        rename(document, 'eventType', 'event_type');
        rename(document, 'no_show', 'noShow');
      },
    ],
    [
      '2025-02-20',
      (document) => {
        without(document, 'orderStatusUpdated');
        without(document, 'productAvailabilityUpdated');
        rename(document, 'updatedAt', 'updated_at');
      },
    ],
  ];
  const text = readFileSync(inRepository('specs', 'mews.asyncapi.yaml'), 'utf8');
  const document: Any = load(text);
  const versions = steps.map(([date, undo]) => {
    undo(document);
    return { date, document: structuredClone(document) };
  });
  return versions.reverse();
}

/** Takes a message out of a document; its status has another example where it took over the old one's. */
function without(document: Any, key: string, example?: string): void {
  const { channels, operations, components } = document;
  delete channels.webhookEndpoint.messages[key];
  operations.sendWebhook.messages = operations.sendWebhook.messages.filter(
    ({ $ref }: Any) => !$ref.endsWith(`/${key}`),
  );
  const schema = components.messages[key].payload.$ref.split('/').at(-1);
  delete components.messages[key];
  delete components.schemas[schema];
  if (example === undefined) return;
  const [shown] = components.messages.orderStatusUpdated.examples;
  shown.payload.data.attributes.status = example;
}

/** Renames a member or a value wherever it stands. */
function rename(document: Any, from: string, to: string): void {
  Object.assign(document, JSON.parse(JSON.stringify(document).replaceAll(`"${from}"`, `"${to}"`)));
}
