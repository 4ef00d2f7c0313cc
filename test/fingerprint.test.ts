/** When two deliveries have the same fingerprint, and when they have not. */
import { describe, expect, it } from 'vitest';
import { generatedModule } from './support/generated-module.js';
import { receivingModule } from './support/receiving-module.js';

const secret = 'a secret of some length';
const order = JSON.stringify({ type: 'order', id: 1 });
const bytes = (text: string) => new TextEncoder().encode(text);

describe('fingerprints', async () => {
  const { receiver, fingerprint } = await receivingModule({});
  const printOf = async (text: string) => {
    const result = await receiver()({ headers: {}, body: bytes(text) });
    if (result.kind !== 'message') throw new Error(`it is ${result.kind}`);
    return fingerprint(result);
  };

  it('are of what is said, not of how it is written', async () => {
    const one = await printOf('{"type":"order","id":1,"more":[{"a":1,"b":2}]}');
    expect(one).toMatch(/^[0-9a-f]{64}$/);
    expect(await printOf('{ "id": 1, "more": [{"b": 2.0, "a": 1}], "type": "\\u006frder" }')).toBe(
      one,
    );
    for (const other of [
      '{"type":"order","id":2,"more":[{"a":1,"b":2}]}',
      '{"type":"order","id":1,"more":[{"a":1,"b":"2"}]}',
      '{"type":"order","id":1,"more":[{"a":1,"b":2},{}]}',
      '{"type":"refund","id":1,"more":[{"a":1,"b":2}]}',
    ]) {
      expect(await printOf(other)).not.toBe(one);
    }
  });

  it('hold the headers that the document names, and no others', async () => {
    const guest = await generatedModule('guest');
    const body = bytes(JSON.stringify(guest.messages[0]?.examples[0]?.payload));
    const print = async (headers: object) => {
      const result = await guest.receiver()({ headers, body });
      if (result.kind !== 'message') throw new Error(`it is ${result.kind}`);
      return guest.fingerprint(result);
    };
    const one = await print({ UpdateType: 'Insert' });
    expect(await print({ updatetype: 'Insert', date: 'now' })).toBe(one);
    expect(await print({ UpdateType: 'Update' })).not.toBe(one);
  });

  it('are of the number of the delivery where it is signed', async () => {
    const { receiver, sign, fingerprint } = await receivingModule({
      servers: [
        [
          '{ type: httpApiKey, in: header, name: webhook-signature, x-credential: { kind: standard-webhooks } }',
        ],
      ],
    });
    const secrets = [`whsec_${btoa(secret)}`];
    const print = async (text: string, id: string) => {
      const headers = await sign(text, { secret: secrets[0], id });
      const result = await receiver({ secrets })({ headers, body: bytes(text) });
      if (result.kind !== 'message') throw new Error(`it is ${result.kind}`);
      return fingerprint(result);
    };
    const one = await print(order, 'msg_1');
    expect(await print(order, 'msg_1')).toBe(one);
    expect(await print(order, 'msg_2')).not.toBe(one);
  });
});
