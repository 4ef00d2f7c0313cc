import { sign } from 'webhook-contracts/e-res';
import { deliver, type Outcome } from '../deliver.js';
import { type DeliveryRules, readRules } from '../delivery-rules.js';
import { type Sign, writeRequest } from '../webhook-request.js';
import { reservationSaved } from './deliveries.js';
import type { Reservation, WebHookSettings } from './domain.js';

/** Makes e-Res's side of its web hook: it tells of each saved reservation, and resolves to what became of that. */
export function eRes(
  { endpoint, header }: WebHookSettings,
  rules: DeliveryRules = readRules('e-res'),
) {
  const signed: Sign | undefined =
    header && ((body) => sign(body, { headers: { [header.name]: header.value } }));

  return {
    reservationSaved: async (reservation: Reservation): Promise<Outcome> =>
      deliver(await writeRequest(endpoint, reservationSaved(reservation), signed), rules),
  };
}
