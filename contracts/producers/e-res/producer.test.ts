/** How e-Res delivers: once, with the header of the settings, where there is one. */
import { expect, it } from 'vitest';
import { recordingServer } from '../recording-server.js';
import { reservationSaved } from './deliveries.js';
import type { Reservation } from './domain.js';
import { eRes } from './producer.js';

const walkIn: Reservation = {
  id: '0C6A1F0B',
  startsAt: new Date('2026-02-14T19:00:00Z'),
  adults: 2,
  status: 'Seated',
};

it('sends the header of the settings', async () => {
  const server = await recordingServer(200);
  const header = { name: 'X-Kernow', value: 'a shared value' };
  expect(await eRes({ endpoint: server.url, header }).reservationSaved(walkIn)).toMatchObject({
    verdict: 'delivered',
  });
  expect(server.requests[0]?.headers['x-kernow']).toBe('a shared value');
});

it('needs no header', async () => {
  const server = await recordingServer(200);
  await eRes({ endpoint: server.url }).reservationSaved(walkIn);
  const [request] = server.requests;
  expect(request?.headers).toMatchObject({ 'content-type': 'application/json' });
  expect(request?.body.toString()).toBe(
    '{"id":"0C6A1F0B","datetime":"2026-02-14T19:00:00.000Z","adults":2,"status":"Seated"}',
  );
});

it('does not send again, since no attempts are stated', async () => {
  const server = await recordingServer(503, 200);
  expect(await eRes({ endpoint: server.url }).reservationSaved(walkIn)).toMatchObject({
    verdict: 'failed',
    attempts: [{ status: 503 }],
  });
  expect(server.requests).toHaveLength(1);
});

it('writes flags as text, and terms that nobody agreed to as empty text', () => {
  const { payload } = reservationSaved({
    ...walkIn,
    flags: {
      isCancelled: true,
      isDeleted: false,
      isRequested: false,
      isFromWeb: false,
      isWalkIn: true,
      hasArrived: true,
      hasDeparted: false,
    },
    customer: { id: 'C1', isVip: false, terms: { agreed: null, ip: '' } },
  });
  expect(payload).toMatchObject({
    cancelled: 'T',
    deleted: 'F',
    walkin: 'T',
    arrived: 'T',
    departed: 'F',
    cust_id: 'C1',
  });
  expect(payload.customer).toEqual({ id: 'C1', vip: 'F', terms_agreed: '', terms_agreed_ip: '' });
});
