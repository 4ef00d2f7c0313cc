/** How GUEST API delivers: one request, and the same request once to the fallback URL if that fails. */
import { describe, expect, it } from 'vitest';
import { closedUrl, recordingServer } from '../recording-server.js';
import type { Reservation } from './domain.js';
import { guest } from './producer.js';

const before: Reservation = {
  id: 31_204,
  appCustomerId: 77,
  arrival: new Date('2026-07-01T13:00:00Z'),
  roomId: null,
  adults: 2,
};
const after: Reservation = { ...before, roomId: 412 };

describe('the fallback URL', () => {
  it.each([400, 404, 499, 500])('gets the same request after %i', async (status) => {
    const [first, second] = [await recordingServer(status), await recordingServer(200)];
    const subscription = { webhookUrl: first.url, fallbackUrl: second.url };
    const outcome = await guest(subscription).reservationChanged(before, after);
    expect(outcome).toEqual({
      verdict: 'delivered',
      attempts: [
        { url: first.url, status, verdict: 'failed' },
        { url: second.url, status: 200, verdict: 'delivered' },
      ],
    });
    expect([first.requests.length, second.requests.length]).toEqual([1, 1]);
    const [{ host: _one, ...headers }, { host: _other, ...others }] = [
      { ...first.requests[0]?.headers },
      { ...second.requests[0]?.headers },
    ];
    expect(others).toEqual(headers);
    expect(headers).toMatchObject({ updatetype: 'Update', 'content-type': 'application/json' });
    expect(second.requests[0]?.body).toEqual(first.requests[0]?.body);
    expect(first.requests[0]?.body.toString()).toBe(
      '[{"reservation_id":31204,"appCustomer_id":77,"arrivalDate":"2026-07-01T13:00:00Z",' +
        '"roomId":412,"ad":2}]',
    );
  });

  it.each<[status: number, verdict: string]>([
    [200, 'delivered'],
    [204, 'delivered'],
    [302, 'unclear'],
    [399, 'unclear'],
    [501, 'unclear'],
    [503, 'unclear'],
  ])('gets nothing after %i, as the guide says literally', async (status, verdict) => {
    const [first, second] = [await recordingServer(status), await recordingServer(200)];
    const subscription = { webhookUrl: first.url, fallbackUrl: second.url };
    const outcome = await guest(subscription).reservationChanged(before, after);
    expect(outcome?.verdict).toBe(verdict);
    expect([first.requests.length, second.requests.length]).toEqual([1, 0]);
  });

  it('gets nothing where no response came', async () => {
    const second = await recordingServer(200);
    const subscription = { webhookUrl: await closedUrl(), fallbackUrl: second.url };
    const outcome = await guest(subscription).reservationChanged(before, after);
    expect(outcome).toMatchObject({ verdict: 'unclear', attempts: [{ status: undefined }] });
    expect(second.requests).toHaveLength(0);
  });

  it('is not tried twice', async () => {
    const [first, second] = [await recordingServer(500), await recordingServer(500, 200)];
    const subscription = { webhookUrl: first.url, fallbackUrl: second.url };
    const outcome = await guest(subscription).reservationChanged(before, after);
    expect(outcome?.verdict).toBe('failed');
    expect([first.requests.length, second.requests.length]).toEqual([1, 1]);
  });

  it('need not be there', async () => {
    const first = await recordingServer(500, 200);
    const outcome = await guest({ webhookUrl: first.url }).reservationChanged(before, after);
    expect(outcome?.verdict).toBe('failed');
    expect(first.requests).toHaveLength(1);
  });
});

describe('a subscription', () => {
  it('is told of changes of eleven properties only', async () => {
    const server = await recordingServer(200);
    const { reservationChanged } = guest({ webhookUrl: server.url });
    const same = { ...before, arrival: new Date('2026-07-01T13:00:00Z') };
    expect(await reservationChanged(before, same)).toBeUndefined();
    expect(await reservationChanged(before, { ...before, reference: 'B-9' })).toBeUndefined();
    expect(server.requests).toHaveLength(0);
    expect(await reservationChanged(before, { ...before, adults: 3 })).toBeDefined();
    expect(server.requests).toHaveLength(1);
  });

  it('gets the previous reservation too where it is set so', async () => {
    const server = await recordingServer(200);
    const { reservationChanged } = guest({ webhookUrl: server.url, withPrevious: true });
    await reservationChanged(before, after);
    expect(JSON.parse(String(server.requests[0]?.body))).toMatchObject([
      { roomId: 412 },
      { roomId: null },
    ]);
  });

  it('is told in a header what became of the reservation', async () => {
    const server = await recordingServer(200);
    const { reservationAdded, reservationChanged, reservationDeleted } = guest({
      webhookUrl: server.url,
    });
    await reservationAdded(before);
    await reservationChanged(before, after);
    await reservationDeleted(after);
    expect(server.requests.map(({ headers }) => headers.updatetype)).toEqual([
      'Insert',
      'Update',
      'Delete',
    ]);
  });
});
