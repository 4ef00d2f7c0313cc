/**
 * Documents as large as wanted, which look like what people write: an envelope around each message's own data, a
 * dozen members each, money, addresses and people shared by all, an example that is valid.
 */

const RESOURCES = ['booking', 'order', 'guest', 'invoice', 'payment', 'table', 'room', 'voucher'];
const EVENTS = ['created', 'updated', 'confirmed', 'cancelled', 'expired', 'moved', 'assigned'];

/** Returns an AsyncAPI 3 document with so many messages, each with a payload of its own. */
export function syntheticDocument(messages: number): object {
  const indices = Array.from({ length: messages }, (_, index) => index);
  return {
    asyncapi: '3.0.0',
    info: { title: `${messages} messages`, version: '1.0.0' },
    defaultContentType: 'application/json',
    channels: {
      webhooks: {
        address: '/webhooks',
        messages: Object.fromEntries(
          indices.map((index) => [keyOf(index), { $ref: `#/components/messages/${keyOf(index)}` }]),
        ),
      },
    },
    operations: {
      notify: { action: 'send', channel: { $ref: '#/channels/webhooks' } },
    },
    components: {
      messages: Object.fromEntries(indices.map((index) => [keyOf(index), messageOf(index)])),
      schemas: {
        ...shared,
        ...Object.fromEntries(indices.map((index) => [`${keyOf(index)}Data`, dataOf(index)])),
      },
    },
  };
}

function keyOf(index: number): string {
  return `${resourceOf(index)}${capitalised(eventOf(index))}${index}`;
}

const resourceOf = (index: number): string => RESOURCES[index % RESOURCES.length] ?? '';
const eventOf = (index: number): string =>
  EVENTS[Math.floor(index / RESOURCES.length) % EVENTS.length] ?? '';
const typeOf = (index: number): string => `${resourceOf(index)}.${eventOf(index)}.${index}`;

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function messageOf(index: number): object {
  return {
    name: typeOf(index),
    title: `The ${resourceOf(index)} was ${eventOf(index)} (${index})`,
    summary: `Sent when a ${resourceOf(index)} was ${eventOf(index)}.`,
    payload: {
      type: 'object',
      required: ['id', 'type', 'occurredAt', 'data'],
      properties: {
        id: { type: 'string', format: 'uuid', description: 'Identifies the delivery.' },
        type: { type: 'string', const: typeOf(index) },
        occurredAt: { type: 'string', format: 'date-time' },
        attempt: { type: 'integer', minimum: 1 },
        data: { $ref: `#/components/schemas/${keyOf(index)}Data` },
      },
    },
    examples: [{ name: 'typical', payload: exampleOf(index) }],
  };
}

function dataOf(index: number): object {
  return {
    type: 'object',
    description: `What is known of the ${resourceOf(index)}.`,
    required: ['reference', 'status', 'total'],
    properties: {
      reference: { type: 'string', minLength: 1, maxLength: 64 },
      status: { type: 'string', enum: ['open', 'held', 'done', `special-${index}`] },
      total: { $ref: '#/components/schemas/Money' },
      deposit: { anyOf: [{ $ref: '#/components/schemas/Money' }, { type: 'null' }] },
      guest: { $ref: '#/components/schemas/Person' },
      address: { $ref: '#/components/schemas/Address' },
      startsAt: { type: 'string', format: 'date-time' },
      size: { type: 'integer', minimum: 1, maximum: 100 + index },
      tags: { type: 'array', items: { type: 'string', maxLength: 32 }, maxItems: 20 },
      notes: { type: ['string', 'null'], description: `Free text, number ${index}.` },
      lines: {
        type: 'array',
        items: {
          type: 'object',
          required: ['sku', 'quantity'],
          properties: {
            sku: { type: 'string', pattern: '^[A-Z]{2}-[0-9]{4}$' },
            quantity: { type: 'integer', minimum: 0 },
            price: { $ref: '#/components/schemas/Money' },
          },
        },
      },
      [`field${index}`]: { type: 'boolean' },
    },
  };
}

const shared = {
  Money: {
    type: 'object',
    required: ['amount', 'currency'],
    properties: {
      amount: { type: 'number', description: 'In the units of the currency.' },
      currency: { type: 'string', pattern: '^[A-Z]{3}$' },
    },
  },
  Person: {
    type: 'object',
    required: ['name'],
    properties: {
      name: { type: 'string', minLength: 1 },
      email: { type: 'string', format: 'email' },
      phone: { type: ['string', 'null'] },
      address: { $ref: '#/components/schemas/Address' },
    },
  },
  Address: {
    type: 'object',
    properties: {
      street: { type: 'string' },
      city: { type: 'string' },
      postcode: { type: 'string', maxLength: 16 },
      country: { type: 'string', pattern: '^[A-Z]{2}$' },
    },
  },
};

function exampleOf(index: number): object {
  const money = { amount: 12.5 + index, currency: 'EUR' };
  return {
    id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    type: typeOf(index),
    occurredAt: '2026-11-22T08:00:00Z',
    attempt: 1,
    data: {
      reference: `R-${index}`,
      status: 'open',
      total: money,
      deposit: null,
      guest: { name: 'Ada Example', email: 'ada@example.com', phone: null },
      startsAt: '2026-12-01T19:30:00+01:00',
      size: 4,
      tags: ['window'],
      notes: null,
      lines: [{ sku: 'AB-1234', quantity: 2, price: money }],
      [`field${index}`]: true,
    },
  };
}
