/**
 * The versions of the Mews POS documentation of 2025, from its history: what each step broke. Its changelog calls the
 * renames "for consistency with API conventions"; whether the wire changed with the words is not stated.
 */
import { expect, test } from 'vitest';
import { diff } from '../scripts/compare/diff.js';
import { isBreak } from '../scripts/compare/findings.js';
import { defaultConfig } from '../scripts/config/config.js';
import { lint } from '../scripts/lint/lint.js';
import { hasErrors } from '../scripts/problems/problem.js';
import { readSpec, type SpecDocument } from '../scripts/spec/read-spec.js';
import { mewsHistory } from './support/mews-history.js';
import type { Any } from './support/pact-matching.js';
import { inRepository } from './support/repository.js';
import { temporaryFolder } from './support/temporary-folder.js';

function readData(document: Any): SpecDocument {
  const cwd = temporaryFolder({ 'mews.asyncapi.json': JSON.stringify(document) });
  const { spec, problems } = readSpec('mews.asyncapi.json', { cwd });
  if (spec === undefined) throw new Error(JSON.stringify(problems));
  expect(lint(spec).filter((one) => hasErrors([one]))).toEqual([]);
  return spec;
}

const versions = mewsHistory().map(({ date, document }) => ({ date, read: readData(document) }));

/** Lists what a step changed, without its examples of deliveries. */
async function step(date: string) {
  const at = versions.findIndex((one) => one.date === date);
  const [old, now] = [versions[at - 1]?.read, versions[at]?.read];
  const changes = await diff({ old, now }, defaultConfig);
  expect(changes.filter((one) => isBreak(one) && one.witness === undefined)).toEqual([]);
  return changes.map(({ verdict, text }) => `${verdict}: ${text}`);
}

test('2025-10-07: a rename of a required field, and two messages more', async () => {
  expect(await step('2025-10-07')).toEqual([
    'breaks consumers: The field "data.attributes.updated_at" of "booking.status.updated" is gone.',
    'breaks consumers: The message "order.status.updated" is new.',
    'breaks consumers: The message "product.availability.updated" is new.',
    'breaks neither: The field "data.attributes.updatedAt" of "booking.status.updated" is new.',
  ]);
});

test('2025-11-25: the field that names the message is renamed, and a value of the status', async () => {
  expect(await step('2025-11-25')).toEqual([
    'breaks consumers: The field "meta.event_type" of "booking.status.updated" is gone.',
    'breaks consumers: The field "data.attributes.status" of "booking.status.updated" may be "no_show" now.',
    'breaks consumers: The field "meta.event_type" of "order.status.updated" is gone.',
    'breaks consumers: The field "meta.event_type" of "product.availability.updated" is gone.',
    'breaks consumers: The message "order.total.updated" is new.',
    'breaks consumers: The message "orders.payments.added" is new.',
    'breaks neither: The field "meta.eventType" of "booking.status.updated" is new.',
    'breaks neither: The field "data.attributes.status" of "booking.status.updated" may not be "noShow" any more.',
    'breaks neither: The field "meta.eventType" of "order.status.updated" is new.',
    'breaks neither: The field "meta.eventType" of "product.availability.updated" is new.',
  ]);
});

test('2025-12-04: the values of a status move to a message of their own', async () => {
  expect(await step('2025-12-04')).toEqual([
    'breaks consumers: The field "data.attributes.status" of "order.status.updated" may be "received", "confirmed", "rejected", "preparing", "ready_for_delivery", "dispatched", "in_transit", "delivered" now.',
    'breaks consumers: The message "order.state.updated" is new.',
    'breaks neither: The field "data.attributes.status" of "order.status.updated" may not be "draft", "sent", "paid", "discarded", "cart", "pending_payment", "open", "open_web" any more.',
  ]);
});

test('since then nothing changed', async () => {
  const { spec: now } = readSpec('specs/mews.asyncapi.yaml', { cwd: inRepository() });
  expect(await diff({ old: versions.at(-1)?.read, now }, defaultConfig)).toEqual([]);
});
