/** What the hub does with a request, by provider: receive it, note the delivery, store what it says. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as eRes from 'webhook-contracts/e-res';
import * as guest from 'webhook-contracts/guest';
import * as mews from 'webhook-contracts/mews';
import * as mozrest from 'webhook-contracts/mozrest';
import * as quandoo from 'webhook-contracts/quandoo';
import type { Provider } from './bookings.js';
import type { HubDatabase } from './database.js';
import { noteDelivery } from './deliveries.js';
import { storeERes } from './e-res.js';
import { storeGuest } from './guest.js';
import { storeMews } from './mews.js';
import { storeMozrest } from './mozrest.js';
import { storeQuandoo } from './quandoo.js';

/** What the hub keeps things in, and what its senders have to bear. */
export interface HubOptions {
  readonly database: HubDatabase;
  readonly mozrest: mozrest.ReceiverOptions;
  readonly mews: mews.ReceiverOptions;
  readonly quandoo?: quandoo.ReceiverOptions;
  readonly eRes?: eRes.ReceiverOptions;
  /** Told of what was not stored, without values of a message; `console.warn` by default. */
  readonly log?: (line: string) => void;
}

/** Deals with one request. */
export type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Makes the listener of every provider, by the first part of its path. */
export function listenersOf({
  database,
  log = console.warn,
  ...options
}: HubOptions): ReadonlyMap<string, Listener> {
  /** Makes what is done with a message: its delivery is noted and its news stored, or neither. */
  function keeping<Delivery extends { message: string }>(
    provider: Provider,
    fingerprint: (delivery: Delivery) => Promise<string>,
    store: (database: HubDatabase, delivery: Delivery) => void,
    { equalIsSame }: { equalIsSame: boolean },
  ) {
    return async (delivery: Delivery) => {
      const print = await fingerprint(delivery);
      database.atomically(() => {
        const repeated = noteDelivery(database, provider, print, delivery.message);
        if (!(repeated && equalIsSame)) store(database, delivery);
      });
    };
  }

  /** Tells what was not stored, without values: a message may hold personal data. */
  function observing(provider: Provider) {
    const tell = ({ kind, problems }: { kind: string; problems: readonly { code: string }[] }) =>
      log(`${provider}: ${kind}, ${problems.map(({ code }) => code).join(', ')}`);
    return {
      onUnknown: tell,
      onRefused: tell,
      onError: (error: unknown) => log(`${provider}: not stored, ${error}`),
    };
  }

  // What the documents say under x-delivery, repeats: where every message has its time, an equal one is the same news.
  // Elsewhere a booking may have gone back to what it was, so that an equal message is stored again: it then says
  // what holds now, and storing it twice changes nothing.
  const same = { equalIsSame: true };
  const perhapsNews = { equalIsSame: false };
  const listeners: Readonly<Record<Provider, Listener>> = {
    mozrest: mozrest.nodeHandler(
      mozrest.receiver(options.mozrest),
      keeping('mozrest', mozrest.fingerprint, storeMozrest, perhapsNews),
      observing('mozrest'),
    ),
    quandoo: quandoo.nodeHandler(
      quandoo.receiver(options.quandoo),
      keeping('quandoo', quandoo.fingerprint, storeQuandoo, perhapsNews),
      observing('quandoo'),
    ),
    mews: mews.nodeHandler(
      mews.receiver(options.mews),
      keeping('mews', mews.fingerprint, storeMews, same),
      observing('mews'),
    ),
    'e-res': eRes.nodeHandler(
      eRes.receiver(options.eRes),
      keeping('e-res', eRes.fingerprint, storeERes, same),
      observing('e-res'),
    ),
    guest: guest.nodeHandler(
      guest.receiver(),
      keeping('guest', guest.fingerprint, storeGuest, perhapsNews),
      observing('guest'),
    ),
  };
  return new Map(Object.entries(listeners));
}
