/** Deliveries over HTTP, signed as their senders sign them: what arrives in the database, and what does not. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as eRes from 'webhook-contracts/e-res';
import * as guest from 'webhook-contracts/guest';
import * as mews from 'webhook-contracts/mews';
import * as mozrest from 'webhook-contracts/mozrest';
import * as quandoo from 'webhook-contracts/quandoo';
import { contentsOf } from './contents.js';
import { credentials, type FreshHub, startFreshHub } from './fresh-hub.js';

let hub: FreshHub;
beforeEach(async () => {
  hub = await startFreshHub();
});
afterEach(() => hub.close());

const signers: Record<string, (body: string) => Promise<Record<string, string>>> = {
  mozrest: (body) => mozrest.sign(body, credentials.mozrest),
  mews: (body) => mews.sign(body, credentials.mews),
  quandoo: (body) => quandoo.sign(body, credentials.quandoo),
  'e-res': (body) => eRes.sign(body, credentials.eRes),
  guest: async () => ({}),
};

/** Sends a delivery and returns the status of the answer. */
async function deliver(path: string, payload: unknown, headers: object = {}): Promise<number> {
  const body = JSON.stringify(payload);
  const [, provider = ''] = path.split('/');
  const signed = await signers[provider]?.(body);
  return post(path, body, { ...signed, ...headers });
}

async function post(path: string, body: string, headers: Record<string, string>): Promise<number> {
  const init = {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  };
  const response = await fetch(`${hub.url}${path}`, init);
  await response.arrayBuffer();
  return response.status;
}

const contents = () => contentsOf(hub.database);

const catalogues = [
  ['/mozrest/v1/rms/webhook', mozrest.messages],
  ['/quandoo/online', quandoo.messages],
  ['/mews', mews.messages],
  ['/e-res', eRes.messages],
  ['/guest', guest.messages],
] as const;

describe.each(catalogues)('%s', (path, messages) => {
  const examples = messages.flatMap((message) =>
    message.examples.map((example) => ({ message: message.name, ...example })),
  );
  it.each(examples)(
    'takes the example $name of $message',
    async ({ payload, headers, message }) => {
      expect(await deliver(path, payload, headers)).toBe(200);

      const { deliveries, ...stored } = contents();
      const [, provider] = path.split('/');
      expect(deliveries).toEqual([expect.objectContaining({ provider, message, times: 1 })]);
      expect(Object.values(stored)).toEqual([[expect.any(Object)]]);
    },
  );

  it.each(examples)('stores $name of $message once when it comes again', async (example) => {
    await deliver(path, example.payload, example.headers);
    const { deliveries: _, ...once } = contents();
    expect(await deliver(path, example.payload, example.headers)).toBe(200);

    const { deliveries, ...twice } = contents();
    expect(deliveries).toEqual([expect.objectContaining({ times: 2 })]);
    // How often a notice came is no news of what it is about.
    const uncounted = (tables: Record<string, unknown[]>) =>
      JSON.stringify(tables).replace(/"notices":\d/, '');
    expect(uncounted(twice)).toBe(uncounted(once));
  });
});

describe('what arrives', () => {
  it('of Mozrest: three messages make one booking, at either address', async () => {
    const booking = { entity: 'booking', entityId: 'b1', action: 'update' };
    const path = '/mozrest/v1/rms/webhook';
    await deliver(path, { ...booking, data: { partySize: 2, date: 1719599400 } });
    await deliver(path, { ...booking, data: { partySize: 3 } });
    await deliver(path, { ...booking, data: { status: 'no-show' } });
    await deliver('/mozrest/', {
      entity: 'venue',
      entityId: 'v1',
      action: 'booking_creation',
      data: { mealDate: 1742043600 },
    });

    expect(contents()).toMatchObject({
      bookings: [{ id: 'b1', status: 'no-show', party_size: 3, starts_at: 1719599400 }],
      touched_slots: [{ venue_id: 'v1', area_id: '', meal_at: 1742043600, party_size: null }],
    });
  });

  it('of e-Res: the reservation, and neither the payment token nor what is not needed', async () => {
    const [example] = eRes.messages[0].examples;
    await deliver('/e-res', { ...example?.payload, stripe_token: 'tok_secret' });

    expect(contents().bookings).toEqual([
      {
        provider: 'e-res',
        id: '43B39683AB734A038ADA1B27345E9C90',
        status: 'confirmed',
        provider_status: 'Confirmed',
        party_size: 2,
        starts_at: Date.UTC(2021, 1, 22, 22, 30) / 1000,
        ends_at: Date.UTC(2021, 1, 23, 0, 30) / 1000,
        room: 'Restaurant',
        guest_name: 'Murt',
        guest_phone: '07000000123',
        changed: Date.UTC(2021, 1, 22, 13, 34, 32),
      },
    ]);
    expect(JSON.stringify(contents())).not.toContain('tok_secret');
  });

  it('of Mews: an order from three messages, each with its own time', async () => {
    const order = (eventType: string, attributes: object) =>
      deliver('/mews', { data: { id: 'o1', type: 'orders', attributes }, meta: { eventType } });
    const updatedAt = '2025-02-06T09:41:30.465Z';
    await order('order.state.updated', { state: 'open', updatedAt });
    await order('order.status.updated', { status: 'preparing', updatedAt });
    await order('order.total.updated', { total: '100.00', correctionAmount: null, updatedAt });

    const changed = Date.parse(updatedAt);
    expect(contents().orders).toEqual([
      {
        provider: 'mews',
        id: 'o1',
        state: 'open',
        changed_state: changed,
        status: 'preparing',
        changed_status: changed,
        total: '100.00',
        tip: null,
        correction: null,
        changed_total: changed,
      },
    ]);
  });

  it('of Mews: a delivery that comes again is old news, even where no later moment tells', async () => {
    const updatedAt = '2025-02-06T09:41:30.465Z';
    const seat = (status: string) =>
      deliver('/mews', {
        data: { id: 'b1', type: 'bookings', attributes: { status, updatedAt } },
        meta: { eventType: 'booking.status.updated' },
      });
    for (const status of ['confirmed', 'seated', 'confirmed']) {
      expect(await seat(status)).toBe(200);
    }
    expect(contents().bookings).toMatchObject([{ id: 'b1', status: 'seated' }]);
  });

  it('of GUEST API: a booking that goes back to what it was', async () => {
    const inRoom = (roomId: number) => [{ reservation_id: 7, roomId }];
    for (const room of [1, 2, 1]) {
      expect(await deliver('/guest', inRoom(room), { UpdateType: 'Update' })).toBe(200);
    }

    expect(contents()).toMatchObject({
      deliveries: [{ times: 2 }, { times: 1 }],
      bookings: [{ id: '7', room: '1' }],
      room_moves: [
        { from_room: '1', to_room: '2' },
        { from_room: '2', to_room: '1' },
      ],
    });
  });
});

describe('what is not stored', () => {
  const payload = mews.messages[0].examples[0]?.payload;

  it.each([
    ['/mozrest/v1/rms/webhook', { authorization: 'Bearer of something else' }],
    ['/quandoo', { 'x-hub-token': 'guessed' }],
    ['/mews', { 'x-signature': 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=' }],
    ['/e-res', { 'x-hub-key': 'guessed' }],
  ])('%s with wrong credentials, or none', async (path, wrong) => {
    const examples = catalogues.find(([other]) => other.startsWith(path))?.[1][0].examples;
    const body = JSON.stringify(examples?.[0]?.payload);
    expect(await post(path, body, wrong)).toBe(401);
    expect(await post(path, body, {})).toBe(401);
    expect(contents()).toEqual({});
    expect(hub.logged[0]).toMatch(/refused, credentials\./);
  });

  it('a signature of another body', async () => {
    const signed = await mews.sign('{}', credentials.mews);
    expect(await post('/mews', JSON.stringify(payload), signed)).toBe(401);
    expect(contents()).toEqual({});
  });

  it('a message that the document does not know, which is acknowledged all the same', async () => {
    const unknown = { ...payload, meta: { eventType: 'booking.renamed' } };
    expect(await deliver('/mews', unknown)).toBe(200);
    expect(contents()).toEqual({});
    expect(hub.logged).toEqual(['mews: unknown, message.unknown']);
  });

  it('a message that breaks its schema', async () => {
    expect(await deliver('/guest', [{ roomId: 'one' }], { UpdateType: 'Update' })).toBe(422);
    expect(await deliver('/guest', [{ reservation_id: 1 }])).toBe(422);
    expect(contents()).toEqual({});
  });

  it('a path or a method of nobody', async () => {
    expect(await post('/nobody', '{}', {})).toBe(404);
    expect(await post('/toString', '{}', {})).toBe(404);
    expect((await fetch(`${hub.url}/mews`)).status).toBe(405);
  });

  it('anything of a delivery that can not be kept whole: the sender is told, and may try again', async () => {
    hub.database.run('ALTER TABLE products RENAME TO lost', []);
    const attributes = { isAvailable: true, updatedAt: '2025-02-06T09:41:30Z' };
    const product = {
      data: { id: 'p', type: 'products', attributes },
      meta: { eventType: 'product.availability.updated' },
    };
    expect(await deliver('/mews', product)).toBe(500);
    expect(contents()).toEqual({});
    expect(hub.logged).toHaveLength(1);

    hub.database.run('ALTER TABLE lost RENAME TO products', []);
    expect(await deliver('/mews', product)).toBe(200);
    expect(contents()).toMatchObject({ deliveries: [{ times: 1 }], products: [{ id: 'p' }] });
  });
});
