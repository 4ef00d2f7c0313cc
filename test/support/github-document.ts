/**
 * GitHub's webhooks as an AsyncAPI document: the schemas of `@octokit/webhooks-schemas`, one message for each event,
 * which the header `X-GitHub-Event` names, and the examples of `@octokit/webhooks-examples` as deliveries.
 */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

interface Schemas {
  readonly definitions: Readonly<Record<string, object>>;
  readonly oneOf: readonly { readonly $ref: string }[];
}

/** A payload that GitHub publishes, with the name of its event. */
export interface GithubDelivery {
  readonly event: string;
  readonly payload: unknown;
}

/** Returns the schemas as they are published, one JSON Schema of draft-07. */
export function githubSchemas(): Schemas {
  return require('@octokit/webhooks-schemas') as Schemas;
}

/** Returns every example payload that is published. */
export function githubDeliveries(): GithubDelivery[] {
  const events = require('@octokit/webhooks-examples') as readonly {
    readonly name: string;
    readonly examples: readonly unknown[];
  }[];
  return events.flatMap(({ name, examples }) =>
    examples.map((payload) => ({ event: name, payload })),
  );
}

/** Returns the key of each event's schema among the definitions: `check_run_event` for `check_run`. */
export function githubEvents(): Map<string, string> {
  const keys = githubSchemas().oneOf.map(({ $ref }) => $ref.replace('#/definitions/', ''));
  return new Map(keys.map((key) => [key.replace(/[_$]event$/, ''), key]));
}

/** Wraps the schemas: each stays a component under its own name, and references lead there. */
export function githubDocument(): object {
  const messages = [...githubEvents()].map(([event, key]) => [event, messageOf(event, key)]);
  return {
    asyncapi: '3.0.0',
    info: { title: 'GitHub webhooks', version: '1.0.0' },
    defaultContentType: 'application/json',
    channels: {
      webhooks: {
        address: '/webhooks',
        messages: Object.fromEntries(messages),
      },
    },
    operations: { notify: { action: 'send', channel: { $ref: '#/channels/webhooks' } } },
    components: { schemas: rebased(githubSchemas().definitions) },
  };
}

function messageOf(event: string, key: string): object {
  return {
    headers: {
      type: 'object',
      required: ['X-GitHub-Event'],
      properties: { 'X-GitHub-Event': { const: event } },
    },
    payload: { $ref: `#/components/schemas/${key}` },
  };
}

/** Leads references to `#/definitions/` to the components, and leaves out what no JSON Schema has. */
function rebased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rebased);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== 'tsAdditionalProperties')
      .map(([name, held]) =>
        name === '$ref' && typeof held === 'string'
          ? [name, held.replace('#/definitions/', '#/components/schemas/')]
          : [name, rebased(held)],
      ),
  );
}
