import type { Call, Customer, ReservationSavedPayload } from 'webhook-contracts/e-res';
import { present } from '../present.js';
import type { Message } from '../webhook-request.js';
import type * as domain from './domain.js';

/** Writes the message of a reservation that was created or changed; the two look the same. */
export function reservationSaved(
  reservation: domain.Reservation,
): Message<ReservationSavedPayload> {
  const { customer, room, meal, flags, promotion, money, call } = reservation;
  const payload = present({
    customer: customer && customerOf(customer),
    id: reservation.id,
    cust_id: customer?.id,
    reference: reservation.number,
    room_id: room?.id,
    room_name: room?.name,
    meal_id: meal?.id,
    meal_name: meal?.name,
    datetime: reservation.startsAt.toISOString(),
    duration: reservation.minutes,
    adults: reservation.adults,
    children: reservation.children,
    type: reservation.type,
    status: reservation.status,
    cancelled: flag(flags?.isCancelled),
    tables: reservation.tables,
    taken_by: reservation.takenBy,
    requested: flag(flags?.isRequested),
    web: flag(flags?.isFromWeb),
    notes: reservation.notes,
    deleted: flag(flags?.isDeleted),
    created: reservation.created?.toISOString(),
    updated: reservation.updated?.toISOString(),
    arrived: flag(flags?.hasArrived),
    departed: flag(flags?.hasDeparted),
    walkin: flag(flags?.isWalkIn),
    high_chair: reservation.highChairs,
    amount_spend: money?.spent,
    allergies: reservation.allergies,
    name_values: promotion?.nameValues,
    extras: reservation.extras,
    codes: promotion?.codes,
    promotion: promotion?.name,
    vouchers: promotion?.vouchers,
    deposit_due: money?.depositDue,
    deposit_paid: money?.depositPaid,
    stripe_token: money?.stripeToken,
    wheelchair: reservation.wheelchairs,
    call: call && callOf(call),
  });
  return { payload };
}

function customerOf(customer: domain.Customer): Customer {
  const { address, terms } = customer;
  return present({
    id: customer.id,
    title: customer.title,
    firstname: customer.firstName,
    surname: customer.surname,
    company: customer.company,
    email: customer.email,
    phone: customer.phone,
    mobile: customer.mobile,
    work_phone: customer.workPhone,
    visits: customer.visits,
    mailing: flag(customer.takesMailings),
    vip: flag(customer.isVip),
    regular: flag(customer.isRegular),
    inspector: flag(customer.isInspector),
    notes: customer.notes,
    suite: customer.suite,
    extras: customer.extras,
    address1: address?.lines[0],
    address2: address?.lines[1],
    address3: address?.lines[2],
    city: address?.city,
    county: address?.county,
    postcode: address?.postcode,
    terms_agreed: terms && (terms.agreed?.toISOString() ?? ''),
    terms_agreed_ip: terms?.ip,
    created: customer.created?.toISOString(),
    updated: customer.updated?.toISOString(),
  });
}

function callOf({ id, restaurantId, number, externalSid, providerSid }: domain.Call): Call {
  return present({
    call_id: id,
    restaurant_id: restaurantId,
    number,
    ext_sid: externalSid,
    provider_sid: providerSid,
  });
}

/** Flags are text; that "T" is yes is inferred, since the one sample has "F" only. */
function flag(value: boolean | undefined): string | undefined {
  if (value === undefined) return undefined;
  return value ? 'T' : 'F';
}
