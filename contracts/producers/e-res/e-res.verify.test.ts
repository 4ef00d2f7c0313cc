/** Whether the code of e-Res makes what consumers need. */
import { it } from 'vitest';
import { verifyProducer } from '../../../scripts/pact/index.js';
import { stage } from '../stage.js';
import { reservationSaved } from './deliveries.js';
import type { Customer, Reservation, ReservationFlags } from './domain.js';

const bare: Reservation = {
  id: '7C6B5A493827160594837261504F3E2D',
  startsAt: new Date('2027-03-14T12:30:00Z'),
  adults: 3,
  status: 'Confirmed',
};

const noFlags: ReservationFlags = {
  isCancelled: false,
  isDeleted: false,
  isRequested: false,
  isFromWeb: true,
  isWalkIn: false,
  hasArrived: false,
  hasDeparted: false,
};

const customer: Customer = {
  id: 'A1B2C3D4E5F60718293A4B5C6D7E8F90',
  title: 'Dr',
  firstName: 'Jago',
  surname: 'Trelawny',
  company: 'Tin & Co',
  email: 'jago@example.com',
  phone: '01872000222',
  mobile: '07000333444',
  workPhone: '01872000333',
  visits: 12,
  takesMailings: true,
  isVip: false,
  isRegular: true,
  isInspector: false,
  notes: 'Prefers the corner',
  suite: '4',
  extras: '',
  address: { lines: ['2 Hill', 'Upper', ''], city: 'Falmouth', county: '', postcode: 'TR11 3AA' },
  terms: { agreed: null, ip: '' },
  created: new Date('2020-01-01T00:00:00Z'),
  updated: new Date('2027-03-01T09:00:00.001Z'),
};

const whole: Reservation = {
  ...bare,
  customer,
  number: 4096,
  room: { id: 'ROOM1', name: 'Terrace' },
  meal: { id: 'MEAL1', name: 'Lunch' },
  minutes: 90,
  children: 2,
  type: 'R',
  tables: '12',
  takenBy: 'WEB',
  flags: noFlags,
  notes: '',
  created: new Date('2027-03-01T09:00:00Z'),
  updated: new Date('2027-03-02T10:11:12.013Z'),
  highChairs: 2,
  wheelchairs: 1,
  allergies: 'Shellfish',
  extras: 'Cake',
  promotion: { name: '', codes: 'B', vouchers: 'V1', nameValues: '' },
  money: { spent: 0, depositDue: 30, depositPaid: 30, stripeToken: '' },
  call: {
    id: 'CALL1',
    restaurantId: 'REST1',
    number: '01872000444',
    externalSid: 'E1',
    providerSid: 'P1',
  },
};

const reservation = stage(whole);

/** e-Res's own names of the flags that consumers name. */
const flags: Readonly<Record<string, keyof ReservationFlags>> = {
  cancelled: 'isCancelled',
  deleted: 'isDeleted',
  arrived: 'hasArrived',
  departed: 'hasDeparted',
};

it('makes what consumers need', async () => {
  await verifyProducer({
    spec: 'e-res',
    producer: 'e-res',
    messages: { 'reservation.saved': () => reservationSaved(reservation.take()) },
    states: {
      'a reservation with all its fields': () => reservation.put(whole),
      'a reservation with the required fields alone': () => reservation.put(bare),
      'a reservation with a flag set': ({ flag }: { readonly flag: string }) => {
        const name = flags[flag];
        if (name === undefined) throw new Error(`no flag is called ${flag}`);
        reservation.put({ ...whole, flags: { ...noFlags, [name]: true } });
      },
      'a customer with one detail': ({ detail }: { readonly detail: keyof Customer }) => {
        if (customer[detail] === undefined) throw new Error(`no detail is called ${detail}`);
        const known: Customer = { id: customer.id, [detail]: customer[detail] };
        reservation.put({ ...bare, customer: known });
      },
    },
  });
});
