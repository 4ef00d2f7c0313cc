import type { IncomingHttpHeaders } from 'node:http';
import {
  check,
  type HeadersLike,
  isReservations,
  messages,
  type ReservationsHeaders,
  type ReservationsPayload,
  type ReservationsUpdateDTO,
} from '../../../generated/guest/index.js';

/** Headers come in every form that servers know. */
export function receive(body: unknown, request: Request, incoming: IncomingHttpHeaders): boolean {
  const pairs: (readonly [string, string])[] = [['UpdateType', 'Update']];
  const given: (HeadersLike | undefined)[] = [
    request.headers,
    incoming,
    pairs,
    new Map(pairs),
    new URLSearchParams(),
    { UpdateType: 'Update', Accept: ['a', 'b'], Absent: undefined },
    {},
    undefined,
  ];
  check(body);
  check(body, [['UpdateType', 'Update']]);
  // @ts-expect-error No headers are undefined, not null.
  check(body, null);
  // @ts-expect-error A header's value is a text.
  check(body, { UpdateType: 1 });
  // @ts-expect-error A pair has two texts.
  check(body, [['UpdateType']]);
  return given.every((headers) => check(body, headers).ok);
}

/** The body is a list; an item may be absent whatever its place. */
export function updated(payload: ReservationsPayload): number | null | undefined {
  const item: ReservationsUpdateDTO | undefined = payload[0];
  // @ts-expect-error Whether there is an item is not known.
  payload[0].roomId;
  // @ts-expect-error A room may be null.
  const room: number | undefined = payload[0]?.roomId;
  return item?.roomId ?? room;
}

export const headers: ReservationsHeaders = { UpdateType: 'Insert' };
// @ts-expect-error Letter case matters in values.
export const wrong: ReservationsHeaders = { UpdateType: 'insert' };

export function guarded(body: unknown): number {
  return isReservations(body) ? body.length : 0;
}

export const required: boolean | undefined = messages[0].headers[0]?.required;
