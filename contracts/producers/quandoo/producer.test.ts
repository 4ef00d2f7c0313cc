/** How Quandoo delivers: three attempts at most, until exactly 200. */
import { describe, expect, it } from 'vitest';
import { type Answer, closedUrl, recordingServer } from '../recording-server.js';
import type { Reservation } from './domain.js';
import { quandoo } from './producer.js';

const reservation: Reservation = {
  id: 'R-88120',
  customerId: 'C-4711',
  merchantId: 9250,
  madeBy: 'customer',
};

const unused = 'http://127.0.0.1:9/unused';

function online(url: string, headers?: Readonly<Record<string, string>>) {
  const urls = { onlineReservations: url, offlineReservations: unused, enquiries: unused };
  return quandoo(headers === undefined ? { urls } : { urls, headers });
}

describe('a notification', () => {
  it.each<
    [title: string, answers: readonly Answer[], statuses: readonly number[], verdict: string]
  >([
    ['stops at the first 200', [200, 500], [200], 'delivered'],
    ['is sent again after any other status', [500, 500, 200], [500, 500, 200], 'delivered'],
    ['is sent again after 201', [201, 200], [201, 200], 'delivered'],
    ['is given up after three attempts', [204], [204, 204, 204], 'failed'],
    ['is given up although a fourth would pass', [500, 404, 401, 200], [500, 404, 401], 'failed'],
  ])('%s', async (_, answers, statuses, verdict) => {
    const server = await recordingServer(...answers);
    const outcome = await online(server.url).reservationCreated(reservation);
    expect(outcome.verdict).toBe(verdict);
    expect(outcome.attempts.map(({ status }) => status)).toEqual(statuses);
    expect(server.requests).toHaveLength(statuses.length);
  });

  it('has the same bytes and headers in each attempt', async () => {
    const server = await recordingServer(500);
    await online(server.url, { 'X-Partner': 'a partner token' }).reservationEdited(reservation);
    const [first, ...others] = server.requests;
    expect(others).toEqual([first, first]);
    expect(first?.headers).toMatchObject({
      'content-type': 'application/json',
      'x-partner': 'a partner token',
    });
    expect(first?.body.toString()).toBe(
      '{"reservation":{"id":"R-88120"},"customer":{"id":"C-4711"},"merchant":{"id":9250},' +
        '"notificationType":"RESERVATION_EDITED"}',
    );
  });

  it('is sent three times where nobody answers', async () => {
    const outcome = await online(await closedUrl()).reservationCreated(reservation);
    expect(outcome.verdict).toBe('failed');
    expect(outcome.attempts.map(({ status }) => status)).toEqual([undefined, undefined, undefined]);
  });

  it('does not follow a redirect, which is any other status', async () => {
    const elsewhere = await recordingServer(200);
    const server = await recordingServer([302, { Location: elsewhere.url }], 200);
    const outcome = await online(server.url).reservationCreated(reservation);
    expect(outcome.attempts.map(({ status }) => status)).toEqual([302, 200]);
    expect(elsewhere.requests).toHaveLength(0);
  });

  it('bears every custom header', async () => {
    const server = await recordingServer(200);
    const headers = { 'X-Your-Custom-Token': '1234567890', 'X-Venue': 'venue-one' };
    await online(server.url, headers).reservationCreated(reservation);
    expect(server.requests[0]?.headers).toMatchObject({
      'x-your-custom-token': '1234567890',
      'x-venue': 'venue-one',
    });
  });
});

it('sends online, offline and enquiries to URLs of their own', async () => {
  const [first, second, third] = [
    await recordingServer(200),
    await recordingServer(200),
    await recordingServer(200),
  ];
  const { reservationConfirmed, enquiryConfirmed } = quandoo({
    urls: {
      onlineReservations: first.url,
      offlineReservations: second.url,
      enquiries: third.url,
    },
  });
  await reservationConfirmed(reservation);
  await reservationConfirmed({ ...reservation, id: 'R-2', madeBy: 'merchant' });
  await enquiryConfirmed({ id: 'E-3', customerId: 'C-1', merchantId: 1 });
  expect([first, second, third].map(({ requests }) => requests.map(idOf))).toEqual([
    ['R-88120'],
    ['R-2'],
    ['E-3'],
  ]);
});

function idOf({ body }: { readonly body: Buffer }): unknown {
  const { reservation, reservationEnquiry } = JSON.parse(body.toString());
  return (reservation ?? reservationEnquiry).id;
}
