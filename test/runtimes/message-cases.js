// @ts-check
/** What becomes of authentic JSON: its message, its fingerprint, and what a server answers. */
import { exampleBytes, MEWS_BODY } from './credential-cases.js';

const encoder = new TextEncoder();

/**
 * Returns the cases that are about messages.
 * @param {import('./program.js').Modules} modules
 * @returns {Promise<import('./program.js').Case[]>}
 */
export async function messageCases(modules) {
  const open = { dangerouslyAcceptUnauthenticated: true };
  const { mews, guest } = modules;
  const receive = mews.receiver(open);
  const ask = (/** @type {object} */ payload) =>
    receive({ headers: {}, body: encoder.encode(JSON.stringify(payload)) });
  const booked = JSON.parse(MEWS_BODY);
  const update = (/** @type {object} */ headers) =>
    guest.receiver()({ headers, body: exampleBytes(guest) });
  return [
    ['message: unknown', () => ask({ meta: { eventType: 'a.b' } }), 'unknown message.unknown 200'],
    ['message: none', () => ask([]), 'refused payload.invalid 422'],
    [
      'message: breaks its schema',
      () => ask({ ...booked, data: { ...booked.data, id: 1 } }),
      'refused payload.invalid 422',
    ],
    [
      'message: a member more',
      () => ask({ ...booked, more: 1 }),
      'message booking.status.updated 200',
    ],
    ['message: by its headers', () => update({ updatetype: 'Insert' }), 'message reservations 200'],
    ['message: wrong headers', () => update({ UpdateType: 'x' }), 'refused headers.invalid 422'],
    ['message: missing headers', () => update({}), 'refused headers.invalid 422'],
    ...Object.entries(modules).flatMap(([name, module]) => exampleCases(name, module)),
    ...fingerprintCases(modules),
    ...adapterCases(modules),
  ];
}

/**
 * Every example, by way of `Request`.
 * @param {string} name
 * @param {any} module
 * @returns {import('./program.js').Case[]}
 */
function exampleCases(name, module) {
  const receive = module.receiver({ dangerouslyAcceptUnauthenticated: true });
  return module.messages.map((/** @type {any} */ message) => [
    `${name}: its examples of ${message.name}`,
    async () => {
      for (const { payload, headers = {} } of message.examples) {
        const request = { method: 'POST', headers, body: JSON.stringify(payload) };
        const result = await receive(new Request('https://a.test/', request));
        if (result.message !== message.name) return result;
      }
      return 'received';
    },
    'received',
  ]);
}

/** The SHA-256 of the name, `MEWS_BODY` and no headers, as a list. */
const MEWS_FINGERPRINT = '168b0807e2b621452ac8a174fac92a7cc321e639f6ce271cd8d326a087dda7b0';

/**
 * @param {import('./program.js').Modules} modules
 * @returns {import('./program.js').Case[]}
 */
function fingerprintCases({ mews, guest }) {
  const message = 'booking.status.updated';
  const { meta, data } = JSON.parse(MEWS_BODY);
  const reservations = guest.messages[0].examples[0].payload;
  const updated = {
    message: 'reservations',
    payload: reservations,
    headers: { UpdateType: 'Update' },
  };
  return [
    [
      'fingerprint: is the known one',
      () => mews.fingerprint({ message, payload: { data, meta }, headers: {} }),
      MEWS_FINGERPRINT,
    ],
    [
      'fingerprint: is the same in another order',
      () => mews.fingerprint({ message, payload: { meta, data }, headers: { 'x-other': '1' } }),
      MEWS_FINGERPRINT,
    ],
    [
      'fingerprint: is another with another header',
      async () => {
        const other = { ...updated, headers: { UpdateType: 'Insert' } };
        return (await guest.fingerprint(updated)) === (await guest.fingerprint(other));
      },
      false,
    ],
  ];
}

/**
 * @param {import('./program.js').Modules} modules
 * @returns {import('./program.js').Case[]}
 */
function adapterCases({ mews }) {
  const secret = 'a secret of Mews';
  const receive = mews.receiver({ secrets: [secret] });
  const ask = async (
    /** @type {string} */ body,
    /** @type {() => unknown} */ handle = () => {},
  ) => {
    /** @type {unknown[]} */
    const told = [];
    const tell = (/** @type {any} */ { kind }) => told.push(kind);
    const answer = mews.fetchHandler(
      receive,
      (
        /** @type {any} */ delivery,
        /** @type {Request} */ request,
        /** @type {unknown} */ more,
      ) => {
        told.push(delivery.message, request.url, more);
        return handle();
      },
      { onUnknown: tell, onRefused: tell },
    );
    const headers = await mews.sign(body, { secret });
    const request = new Request('https://a.test/hook', { method: 'POST', headers, body });
    const { status } = await answer(request, 'context');
    return [status, ...told];
  };
  const body = MEWS_BODY;
  return [
    [
      'fetch handler: hands a message on',
      () => ask(body),
      [200, 'booking.status.updated', 'https://a.test/hook', 'context'],
    ],
    [
      'fetch handler: tells of what is unknown',
      () => ask('{"meta":{"eventType":"a.b"}}'),
      [200, 'unknown'],
    ],
    ['fetch handler: tells of what is refused', () => ask('{'), [400, 'refused']],
    [
      'fetch handler: lets an error through',
      () =>
        ask(body, () => {
          throw new RangeError('full');
        }),
      'RangeError',
    ],
  ];
}
