/** Names in generated code that a document can't give are given in `webhook-contracts.json`. */
import { expect, it } from 'vitest';
import { printedResult, runCommandLine } from './support/run-command-line.js';
import { temporaryFolder } from './support/temporary-folder.js';

/** Four messages: the first two come to one name, the others to none. */
const document = `asyncapi: 3.0.0
info: {title: Orders, version: 1.0.0}
channels:
  orders:
    messages:
      order.created: {payload: {type: object}}
      order-created: {payload: {type: array}}
      "→": {payload: {type: string}}
      "": {payload: {type: boolean}}
`;

const given = {
  names: {
    orders: { messages: { 'order-created': 'OrdersCreated', '→': 'Arrow', '': 'Nameless' } },
  },
};

const generate = async (config: object | undefined, file = 'orders.asyncapi.yaml') => {
  const cwd = temporaryFolder({
    [file]: document,
    ...(config !== undefined && { 'webhook-contracts.json': JSON.stringify(config) }),
  });
  const outcome = await runCommandLine(['generate', file, '--format', 'json'], { cwd });
  const { problems = [] } = printedResult(outcome);
  const errors = problems.filter(({ severity }) => severity === 'error');
  return errors.map(({ code, locations: [at] }) => `${code} ${at?.line}:${at?.column}`);
};

const unsettled = ['name.collision 7:7', 'name.unusable 8:7', 'name.unusable 9:7'];

it('are asked for where two come to one, or there is none', async () => {
  expect(await generate(undefined)).toEqual(unsettled);
});

it('settle both', async () => {
  expect(await generate(given)).toEqual([]);
});

it('of another document do not', async () => {
  expect(await generate(given, 'other.asyncapi.yaml')).toEqual(unsettled);
  expect(await generate({ names: { toString: {} } }, 'constructor.asyncapi.yaml')).toEqual(
    unsettled,
  );
});

it('that are no identifiers are refused', async () => {
  for (const name of ['a b', '1a', '', 'a-b', '*/', 'A = 0; globalThis.__PWNED__ = 1; const B']) {
    const messages = { 'order-created': name, '→': 'Arrow' };
    const errors = await generate({ names: { orders: { messages } } });
    expect(errors, name).not.toEqual([]);
  }
});

it.each([
  ['order', 'Order'],
  ['caf\u00e9', 'cafe\u0301'],
  ['order', '\uff4f\uff52\uff44\uff45\uff52'],
  ['order-paid', 'order.paid'],
  ['OrderPayload', 'orderPayload'],
])('tell %s and %s apart, which look like one', async (one, other) => {
  const text = `asyncapi: 3.0.0
info: {title: Names, version: 1.0.0}
channels: {orders: {messages: {thing: {payload: {type: object}}}}}
components:
  schemas:
    ${one}: {type: object}
    ${other}: {type: string}
`;
  const errors = async (config: object) => {
    const cwd = temporaryFolder({
      'orders.asyncapi.yaml': text,
      'webhook-contracts.json': JSON.stringify(config),
    });
    const outcome = await runCommandLine(['generate', 'orders.asyncapi.yaml', '--format', 'json'], {
      cwd,
    });
    return (printedResult(outcome).problems ?? []).map(({ code, locations }) => [
      code,
      ...locations.map(({ line }) => line),
    ]);
  };
  expect(await errors({})).toEqual([['name.collision', 7, 6]]);
  expect(await errors({ names: { orders: { schemas: { [other]: 'Another' } } } })).toEqual([]);
});
