// @ts-check
/** What only the knowledge of a secret gets through, for every kind of credential. */

const encoder = new TextEncoder();
const SECRET = 'It is a Secret to Everybody';
const OTHER = 'the secret that was in use before';
const SECONDS = 1_700_000_000;
const ping = encoder.encode('{"kind":"ping","id":"é"}');

/**
 * Returns the cases that are about credentials.
 * @param {import('./program.js').Modules} modules
 * @returns {Promise<import('./program.js').Case[]>}
 */
export async function credentialCases(modules) {
  return [
    ...hmacCases(modules),
    ...hexCases(modules),
    ...timestampedCases(modules),
    ...standardCases(modules),
    ...staticCases(modules),
  ];
}

/**
 * Returns the bytes of the first example of a module.
 * @param {any} module
 * @returns {Uint8Array}
 */
export function exampleBytes(module) {
  return encoder.encode(JSON.stringify(module.messages[0].examples[0].payload));
}

/** A message of Mews, and what was made of it elsewhere: the code with `SECRET`, and the fingerprint. */
export const MEWS_BODY =
  '{"data":{"id":"98656c4a-950d-4b19-b7ef-ad1744e92b53","type":"bookings","attributes":{"status":"seated","updatedAt":"2025-02-06T09:41:30.465Z"}},"meta":{"eventType":"booking.status.updated"}}';
const MEWS_SIGNATURE = 'wd9C705sfbk3GGRzb95rZxWYcbyHywkhejSP4lfC4bM=';

/**
 * @param {import('./program.js').Modules} modules
 * @returns {import('./program.js').Case[]}
 */
function hmacCases({ mews }) {
  const body = encoder.encode(MEWS_BODY);
  const receive = mews.receiver({ secrets: [SECRET] });
  const rotating = mews.receiver({ secrets: [OTHER, encoder.encode(SECRET)] });
  const signed = (/** @type {string} */ value) => ({ headers: { 'x-signature': value }, body });
  const flipped = body.slice();
  flipped[20] = (flipped[20] ?? 0) ^ 1;
  const accepted = 'message booking.status.updated 200';
  const wrong = 'refused credentials.wrong 401';
  return [
    [
      'hmac: signs as known',
      () => mews.sign(body, { secret: SECRET }),
      { 'X-Signature': MEWS_SIGNATURE },
    ],
    ['hmac: accepts what it signed', () => receive(signed(MEWS_SIGNATURE)), accepted],
    ['hmac: accepts by the second secret', () => rotating(signed(MEWS_SIGNATURE)), accepted],
    [
      'hmac: accepts a Request',
      async () => {
        const headers = await mews.sign(body, { secret: SECRET });
        return receive(new Request('https://a.test/', { method: 'POST', headers, body }));
      },
      accepted,
    ],
    [
      'hmac: accepts a part of a larger buffer',
      () => {
        const around = new Uint8Array(body.length + 7);
        around.set(body, 5);
        const { buffer } = around;
        return receive({
          ...signed(MEWS_SIGNATURE),
          body: new Uint8Array(buffer, 5, body.length),
        });
      },
      accepted,
    ],
    [
      'hmac: refuses another body',
      () => receive({ ...signed(MEWS_SIGNATURE), body: flipped }),
      wrong,
    ],
    [
      'hmac: refuses the code of another secret',
      async () => receive({ headers: await mews.sign(body, { secret: OTHER }), body }),
      wrong,
    ],
    [
      'hmac: refuses a request without a signature',
      () => receive({ headers: {}, body }),
      'refused credentials.missing 401',
    ],
    ...['', MEWS_SIGNATURE.slice(0, -1), ` ${MEWS_SIGNATURE}`, `sha256=${MEWS_SIGNATURE}`].map(
      (value, index) =>
        /** @type {import('./program.js').Case} */ ([
          `hmac: refuses what has another form, ${index}`,
          () => receive(signed(value)),
          'refused credentials.malformed 401',
        ]),
    ),
    [
      'hmac: is not made without a secret',
      () => mews.receiver({ secrets: [undefined] }),
      'TypeError',
    ],
    [
      'hmac: is not made with a short secret',
      () => mews.receiver({ secrets: ['1234567'] }),
      'TypeError',
    ],
    ['hmac: is not made without options', () => mews.receiver(), 'TypeError'],
  ];
}

// The example of GitHub's documentation: the body is no JSON, which is found out only after the signature fits.
const GITHUB_SECRET = "It's a Secret to Everybody";
const GITHUB_CODE = '757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';

/**
 * @param {import('./program.js').Modules} modules
 * @returns {import('./program.js').Case[]}
 */
function hexCases({ hex }) {
  const receive = hex.receiver({ secrets: [GITHUB_SECRET] });
  const hello = encoder.encode('Hello, World!');
  const ask = (/** @type {string} */ value) =>
    receive({ headers: [['X-HUB-Signature', value]], body: hello });
  const passed = 'refused body.not-json 400';
  return [
    [
      'hex: signs as known',
      () => hex.sign('Hello, World!', { secret: GITHUB_SECRET }),
      { 'X-Hub-Signature': `sha256=${GITHUB_CODE}` },
    ],
    ['hex: accepts the known code', () => ask(`sha256=${GITHUB_CODE}`), passed],
    ['hex: accepts capitals', () => ask(`sha256=${GITHUB_CODE.toUpperCase()}`), passed],
    [
      'hex: refuses without the prefix',
      () => ask(GITHUB_CODE),
      'refused credentials.malformed 401',
    ],
    [
      'hex: refuses another code',
      () => ask(`sha256=0${GITHUB_CODE.slice(1)}`),
      'refused credentials.wrong 401',
    ],
    [
      'hex: receives what it signed',
      async () => {
        const headers = await hex.sign(ping, { secret: GITHUB_SECRET });
        return receive({ headers: new Headers(headers), body: ping.slice().buffer });
      },
      'message ping 200',
    ],
  ];
}

const STAMPED_CODE = '280242b2f7c726c7af98c3f91528474ac6e8cf413c223c87e39a32fda907eb16';

/**
 * @param {import('./program.js').Modules} modules
 * @returns {import('./program.js').Case[]}
 */
function timestampedCases({ timestamped }) {
  const at = (/** @type {number} */ seconds) =>
    timestamped.receiver({ secrets: [SECRET], now: () => seconds * 1000 });
  const ask = (/** @type {string} */ value, seconds = SECONDS) =>
    at(seconds)({ headers: { 'X-Stamped': value }, body: ping });
  const value = `t=${SECONDS},v1=${STAMPED_CODE}`;
  return [
    [
      'timestamped: signs as known',
      () => timestamped.sign(ping, { secret: SECRET, timestamp: SECONDS }),
      { 'X-Stamped': value },
    ],
    ['timestamped: accepts it', () => ask(value), 'message ping 200'],
    ['timestamped: accepts it to the end', () => ask(value, SECONDS + 300), 'message ping 200'],
    [
      'timestamped: refuses it later',
      () => ask(value, SECONDS + 301),
      'refused credentials.expired 401',
    ],
    [
      'timestamped: refuses it earlier',
      () => ask(value, SECONDS - 301),
      'refused credentials.expired 401',
    ],
    [
      'timestamped: refuses another time',
      () => ask(value.replace(`t=${SECONDS}`, `t=${SECONDS + 1}`)),
      'refused credentials.wrong 401',
    ],
    [
      'timestamped: accepts one code of two',
      () => ask(`t=${SECONDS},v1=${'0'.repeat(64)},v1=${STAMPED_CODE}`),
      'message ping 200',
    ],
    [
      'timestamped: refuses two times',
      () => ask(`t=${SECONDS},${value}`),
      'refused credentials.malformed 401',
    ],
  ];
}

// The example of the specification. https://www.standardwebhooks.com
const STANDARD_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const STANDARD = {
  'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  'webhook-timestamp': '1614265330',
  'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};

/**
 * @param {import('./program.js').Modules} modules
 * @returns {import('./program.js').Case[]}
 */
function standardCases({ standard }) {
  const id = STANDARD['webhook-id'];
  const timestamp = Number(STANDARD['webhook-timestamp']);
  const body = encoder.encode('{"test": 2432232314}');
  const receive = standard.receiver({ secrets: [STANDARD_SECRET], now: () => timestamp * 1000 });
  const ask = (/** @type {Record<string, string | undefined>} */ changed) =>
    receive({ headers: { ...STANDARD, ...changed }, body });
  const passed = 'refused payload.invalid 422';
  return [
    [
      'standard: signs as known',
      () => standard.sign(body, { secret: STANDARD_SECRET, id, timestamp }),
      STANDARD,
    ],
    ['standard: accepts the known signature', () => ask({}), passed],
    [
      'standard: accepts it beside others',
      () => ask({ 'webhook-signature': `v1a,AAAA ${STANDARD['webhook-signature']}` }),
      passed,
    ],
    [
      'standard: refuses another id',
      () => ask({ 'webhook-id': 'msg_1' }),
      'refused credentials.wrong 401',
    ],
    [
      'standard: refuses a missing time',
      () => ask({ 'webhook-timestamp': undefined }),
      'refused credentials.missing 401',
    ],
    [
      'standard: receives what it signs with an id and a time of its own',
      async () => {
        const headers = await standard.sign(ping, { secret: STANDARD_SECRET });
        return standard.receiver({ secrets: [STANDARD_SECRET] })({ headers, body: ping });
      },
      'message ping 200',
    ],
    [
      'standard: knows a delivery again by its id',
      () => standard.fingerprint({ message: 'ping', payload: {}, headers: { 'webhook-id': id } }),
      'e1083992cdc2cd3339b247dd7e8c79cd833e9d9ecbf8046b71651cfc64ae13f6',
    ],
  ];
}

/**
 * @param {import('./program.js').Modules} modules
 * @returns {import('./program.js').Case[]}
 */
function staticCases({ mozrest, eRes }) {
  const bearer = mozrest.receiver({ tokens: ['a token of Mozrest'.replaceAll(' ', '-')] });
  const askBearer = (/** @type {string} */ authorization) =>
    bearer({ headers: { authorization }, body: exampleBytes(mozrest) });
  const keyed = eRes.receiver({ headers: { 'X-Key': ['a value of e-Res', 'another value'] } });
  const askKeyed = (/** @type {object} */ headers) => keyed({ headers, body: exampleBytes(eRes) });
  return [
    [
      'bearer: accepts the token',
      () => askBearer('Bearer a-token-of-Mozrest'),
      'message booking.update 200',
    ],
    [
      'bearer: refuses another',
      () => askBearer('Bearer a-token-of-mozrest'),
      'refused credentials.wrong 401',
    ],
    [
      'bearer: refuses another scheme',
      () => askBearer('Basic YTpi'),
      'refused credentials.malformed 401',
    ],
    [
      'static header: accepts a value',
      () => askKeyed({ 'x-key': 'another value' }),
      'message reservation.saved 200',
    ],
    [
      'static header: refuses another',
      () => askKeyed({ 'x-key': 'another valu' }),
      'refused credentials.wrong 401',
    ],
    ['static header: refuses none', () => askKeyed({}), 'refused credentials.missing 401'],
  ];
}
