// @ts-check
/** Bodies that are broken, that are no JSON to rely on, and that come in parts. */
import { exampleBytes } from './credential-cases.js';

const encoder = new TextEncoder();

/**
 * Returns the cases that are about bodies.
 * @param {import('./program.js').Modules} modules
 * @returns {Promise<import('./program.js').Case[]>}
 */
export async function bodyCases({ eRes }) {
  const body = exampleBytes(eRes);
  const accepted = 'message reservation.saved 200';
  const receive = eRes.receiver();
  const small = eRes.receiver({ maxBytes: body.length });
  const smaller = eRes.receiver({ maxBytes: body.length - 1 });
  const shallow = eRes.receiver({ maxDepth: 1 });
  const strict = eRes.receiver({ refuseDuplicateKeys: true });
  const sent = (/** @type {unknown} */ given) => receive({ headers: {}, body: given });
  const text = (/** @type {string} */ json) => sent(encoder.encode(json));
  const nested = (/** @type {number} */ depth) => text('['.repeat(depth) + ']'.repeat(depth));
  return [
    ['body: empty', () => text(''), 'refused body.empty 400'],
    ['body: not JSON', () => text('{"id":}'), 'refused body.not-json 400'],
    ['body: not UTF-8', () => sent(new Uint8Array([34, 255, 34])), 'refused body.not-utf8 400'],
    [
      'body: a surrogate in UTF-8',
      () => sent(new Uint8Array([34, 0xed, 0xa0, 0x80, 34])),
      'refused body.not-utf8 400',
    ],
    ['body: a byte order mark before it', () => sent(joined([0xef, 0xbb, 0xbf], body)), accepted],
    ['body: two byte order marks', () => text('\ufeff\ufeff{}'), 'refused body.not-json 400'],
    ['body: nested as deep as allowed', () => nested(128), 'refused payload.invalid 422'],
    ['body: nested too deep', () => nested(129), 'refused body.too-deep 400'],
    ['body: nested much too deep', () => nested(50_000), 'refused body.too-deep 400'],
    [
      'body: nested too deep for the options',
      () => shallow({ headers: {}, body: encoder.encode('{"a":[]}') }),
      'refused body.too-deep 400',
    ],
    ['body: __proto__', () => text('{"a":{"__proto__":1}}'), 'refused body.forbidden-key 400'],
    [
      'body: __proto__, escaped',
      () => text('{"\\u005f_proto__":{}}'),
      'refused body.forbidden-key 400',
    ],
    ['body: a number that overflows', () => text('{"n":-1e999}'), 'refused body.number 400'],
    ['body: an unsafe integer', () => text('[9007199254740993]'), 'refused body.number 400'],
    ['body: a large fraction', () => text('[1.5e300]'), 'refused payload.invalid 422'],
    ['body: a lone surrogate', () => text('"\\ud800"'), 'refused payload.invalid 422'],
    [
      'body: a name twice',
      () => strict({ headers: {}, body: encoder.encode('{"a":1,"\\u0061":2}') }),
      'refused body.duplicate-key 400',
    ],
    ['body: as long as allowed', () => small({ headers: {}, body }), accepted],
    ['body: too long', () => smaller({ headers: {}, body }), 'refused body.too-large 413'],
    [
      'body: said to be too long',
      () => small({ headers: { 'Content-Length': '1000000' }, body }),
      'refused body.too-large 413',
    ],
    ['body: an ArrayBuffer', () => sent(body.slice().buffer), accepted],
    ['body: text', () => sent('{}'), 'TypeError'],
    ['body: parsed', () => sent({ id: '1' }), 'TypeError'],
    ['body: missing', () => receive({ headers: {} }), 'TypeError'],
    ...streamCases(body, accepted, { receive, small, smaller }),
  ];
}

/**
 * @param {Uint8Array} body
 * @param {string} accepted
 * @param {Record<'receive' | 'small' | 'smaller', (request: any) => Promise<any>>} receivers
 * @returns {import('./program.js').Case[]}
 */
function streamCases(body, accepted, { receive, small, smaller }) {
  const bytes = () => Array.from(body, (byte) => new Uint8Array([byte]));
  const ask = (/** @type {any} */ given) =>
    new Request('https://a.test/', {
      method: 'POST',
      body: given,
      // Without it Node.js takes no stream.
      .../** @type {object} */ ({ duplex: 'half' }),
    });
  return [
    ['stream: a Request of bytes', () => receive(ask(body.slice())), accepted],
    ['stream: a Request of a stream', () => receive(ask(streamOf(bytes()))), accepted],
    ['stream: as long as allowed', () => small(ask(streamOf(bytes()))), accepted],
    ['stream: too long', () => smaller(ask(streamOf(bytes()))), 'refused body.too-large 413'],
    ['stream: itself', () => receive({ headers: {}, body: streamOf([body]) }), accepted],
    ['stream: an async iterable', () => receive({ headers: {}, body: partsOf(bytes()) }), accepted],
    ['stream: nothing', () => receive(ask(undefined)), 'refused body.empty 400'],
    [
      'stream: breaks off',
      () => receive({ headers: {}, body: streamOf([body], new Error('reset')) }),
      'refused body.unreadable 400',
    ],
    [
      'stream: is stopped at the limit',
      async () => {
        let pulled = 0;
        const endless = new ReadableStream({
          pull(controller) {
            pulled += 1;
            controller.enqueue(new Uint8Array(1024));
          },
        });
        const { kind } = await small({ headers: {}, body: endless });
        return [kind, pulled < 10 + body.length / 1024];
      },
      ['refused', true],
    ],
    [
      'stream: was read before',
      async () => {
        const request = ask(body.slice());
        await request.text();
        return receive(request);
      },
      'TypeError',
    ],
  ];
}

/**
 * @param {readonly unknown[]} parts
 * @param {Error} [error] thrown after them
 */
function streamOf(parts, error) {
  const left = [...parts];
  return new ReadableStream({
    pull(controller) {
      if (left.length > 0) controller.enqueue(left.shift());
      else if (error !== undefined) controller.error(error);
      else controller.close();
    },
  });
}

/** @param {readonly unknown[]} parts */
async function* partsOf(parts) {
  yield* parts;
}

/**
 * @param {readonly number[]} start
 * @param {Uint8Array} rest
 */
function joined(start, rest) {
  const bytes = new Uint8Array(start.length + rest.length);
  bytes.set(start);
  bytes.set(rest, start.length);
  return bytes;
}
