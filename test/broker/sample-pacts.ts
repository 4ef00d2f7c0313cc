const specification = { pactSpecification: { version: '4.0' } };

/** A message pact of `reservation-hub` with `mews`: one message whose `id` must be `id`. */
export function messagePact(id = 'r-1'): string {
  return JSON.stringify({
    consumer: { name: 'reservation-hub' },
    provider: { name: 'mews' },
    interactions: [
      {
        type: 'Asynchronous/Messages',
        description: 'a reservation',
        pending: false,
        contents: { content: { id }, contentType: 'application/json', encoded: false },
      },
    ],
    metadata: specification,
  });
}

/** An HTTP pact: `mews` posts a reservation to `reservation-hub`, which accepts it. */
export function httpPact(): string {
  return JSON.stringify({
    consumer: { name: 'mews' },
    provider: { name: 'reservation-hub' },
    interactions: [
      {
        type: 'Synchronous/HTTP',
        description: 'a delivery',
        pending: false,
        request: {
          method: 'POST',
          path: '/webhooks',
          headers: { 'Content-Type': ['application/json'] },
          body: { content: { id: 'r-1' }, contentType: 'application/json', encoded: false },
        },
        response: { status: 204 },
      },
    ],
    metadata: specification,
  });
}

/** A folder of both, as other repositories would have it. */
export const pactFiles = {
  'contracts/pacts/reservation-hub-mews.json': messagePact(),
  'contracts/pacts/mews-reservation-hub.json': httpPact(),
};
