/** Where a body comes from and how long it is: bytes, buffers, streams and `Request`, at their limits and beyond. */
import { beforeAll, describe, expect, it } from 'vitest';
import { bytesOf, type MakeReceiver, outcomeOf, receiverOf } from './support/make-receiver.js';
import { documentWith } from './support/small-documents.js';

let receiver: MakeReceiver;
beforeAll(async () => {
  receiver = await receiverOf(documentWith('{}'));
});

const text = '{"id":"€1"}';
const bytes = bytesOf(text);
const headers = {};

/** Gives bytes one after the other, and keeps count of them. */
function counted(list: readonly Uint8Array[], state = { given: 0, isClosed: false }) {
  async function* give() {
    try {
      for (const one of list) {
        state.given += one.length;
        yield one;
      }
    } finally {
      state.isClosed = true;
    }
  }
  return { body: give(), state };
}

const single = Array.from(bytes, (byte) => Uint8Array.of(byte));
const request = (body: string | ReadableStream | null, given = {}) =>
  new Request('http://127.0.0.1/', {
    method: 'POST',
    body,
    headers: given,
    duplex: 'half',
  } as RequestInit);
const stream = (list: readonly Uint8Array[], failure?: Error) =>
  new ReadableStream({
    start(controller) {
      for (const one of list) controller.enqueue(one);
      if (failure === undefined) controller.close();
    },
    pull(controller) {
      if (failure !== undefined) controller.error(failure);
    },
  });

const sources: readonly (readonly [string, () => Parameters<ReturnType<MakeReceiver>>[0]])[] = [
  ['bytes', () => ({ headers, body: bytes })],
  ['a Buffer', () => ({ headers, body: Buffer.from(text) })],
  ['an ArrayBuffer', () => ({ headers, body: bytesOf(text).buffer })],
  ['a view of a part of a buffer', () => ({ headers, body: bytesOf(`[${text}]`).subarray(1, -1) })],
  ['a DataView', () => ({ headers, body: new DataView(bytesOf(text).buffer) })],
  ['an async iterable', () => ({ headers, body: counted([bytes]).body })],
  ['an async iterable of single bytes', () => ({ headers, body: counted(single).body })],
  ['a ReadableStream', () => ({ headers, body: stream(single) })],
  [
    'a stream that has a reader only',
    () => ({ headers, body: { getReader: () => stream(single).getReader() } }),
  ],
  ['a Request of text', () => request(text)],
  ['a Request of a stream', () => request(stream(single))],
];

describe.each(sources)('a body that is %s', (_, make) => {
  it('is taken with as many bytes as may be', async () => {
    const result = await receiver({ maxBytes: bytes.length })(make());
    expect(outcomeOf(result)).toBe('200 message');
    expect(result.payload).toEqual({ id: '€1' });
  });

  it('is refused with one more', async () => {
    const result = await receiver({ maxBytes: bytes.length - 1 })(make());
    expect(outcomeOf(result)).toBe('413 body.too-large');
  });
});

describe('Content-Length', () => {
  const lie = (length: string | string[]) => ({ 'Content-Length': length });

  it('is believed where it is too large: nothing is read', async () => {
    const { body, state } = counted(single);
    const result = await receiver({ maxBytes: 50 })({ headers: lie('51'), body });
    expect(outcomeOf(result)).toBe('413 body.too-large');
    expect(state.given).toBe(0);
  });

  it.each(['0', '1', '5', '50', '-1', '1.5', 'none', '', ' ', 'NaN', '5, 5', '٥'])(
    'is not believed where it says "%s"',
    async (length) => {
      const good = await receiver({ maxBytes: 50 })({
        headers: lie(length),
        body: counted(single).body,
      });
      expect(outcomeOf(good)).toBe('200 message');
      const { body, state } = counted([...single, ...Array(90).fill(Uint8Array.of(32))]);
      const bad = await receiver({ maxBytes: 50 })({ headers: lie(length), body });
      expect(outcomeOf(bad)).toBe('413 body.too-large');
      expect(state).toEqual({ given: 51, isClosed: true });
    },
  );

  it('may stand twice', async () => {
    const result = await receiver()({ headers: lie(['13', '13']), body: bytes });
    expect(outcomeOf(result)).toBe('200 message');
  });
});

describe('a body without end', () => {
  it('is left at the limit', async () => {
    let given = 0;
    let isLeft = false;
    const endless = new ReadableStream({
      pull: (controller) => {
        given += 1_000;
        controller.enqueue(new Uint8Array(1_000));
      },
      cancel: () => {
        isLeft = true;
      },
    });
    const result = await receiver({ maxBytes: 10_000 })(request(endless));
    expect(outcomeOf(result)).toBe('413 body.too-large');
    expect(given).toBeLessThan(20_000);
    expect(isLeft).toBe(true);
  });
});

describe('a body that breaks off', () => {
  const broken = new Error('connection reset');
  async function* breaking() {
    yield bytes;
    throw broken;
  }
  it.each([
    ['an async iterable', () => ({ headers, body: breaking() })],
    ['a ReadableStream', () => ({ headers, body: stream([bytes], broken) })],
    ['a Request', () => request(stream([bytes], broken))],
  ])('as %s is refused, and not taken for whole', async (_, make) => {
    expect(outcomeOf(await receiver()(make()))).toBe('400 body.unreadable');
  });
});

it('takes a copy of a Request, and leaves the Request', async () => {
  const original = request(text);
  const { payload } = await receiver()(original.clone());
  expect(payload).toEqual({ id: '€1' });
  expect(await original.text()).toBe(text);
});

it('refuses a copy of a Request that is too large, and leaves the Request', async () => {
  const original = request(text);
  const result = await receiver({ maxBytes: 4 })(original.clone());
  expect(outcomeOf(result)).toBe('413 body.too-large');
  expect(await original.text()).toBe(text);
});

it('takes pieces of any view of bytes', async () => {
  const padded = new TextEncoder().encode(text.padEnd(16));
  const { buffer } = padded;
  const pieces = [new Uint16Array(buffer, 0, 2), new DataView(buffer, 4, 5), padded.subarray(9)];
  const result = await receiver()({ headers, body: counted(pieces as never).body });
  expect(outcomeOf(result)).toBe('200 message');
});

it('refuses a Request without a body', async () => {
  expect(outcomeOf(await receiver()(request(null)))).toBe('400 body.empty');
  expect(outcomeOf(await receiver()(request('')))).toBe('400 body.empty');
});

describe('a mistake of the caller is a TypeError', () => {
  it.each([
    ['a text', { headers, body: text }, /is a string; give its bytes/],
    ['an object', { headers, body: { id: 1 } }, /was parsed already; .*express\.raw/],
    ['a list', { headers, body: [1] }, /was parsed already/],
    ['a number', { headers, body: 1 }, /was parsed already/],
    ['null', { headers, body: null }, /body is missing/],
    ['a stream of texts', { headers, body: counted([text as never]).body }, /is a string/],
    ['no body', { headers }, /body is missing; .*nodeHandler/],
    ['no headers', { body: bytes }, /headers is missing/],
    ['no request', undefined, /give a Request/],
  ])('%s', async (_, given, message) => {
    const received = receiver()(given as never);
    await expect(received).rejects.toThrow(TypeError);
    await expect(received).rejects.toThrow(message);
  });

  it('a Request that someone else is reading', async () => {
    const locked = request(text);
    locked.body?.getReader();
    await expect(receiver()(locked)).rejects.toThrow(/was read before/);
  });

  it('a Request that was read', async () => {
    const used = request(text);
    await used.text();
    const received = receiver()(used);
    await expect(received).rejects.toThrow(TypeError);
    await expect(received).rejects.toThrow(/was read before/);
  });
});
