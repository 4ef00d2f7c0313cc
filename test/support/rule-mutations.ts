import type { Rule } from '../../scripts/compare/rules.js';
import type { Any } from './pact-matching.js';

/** Makes two versions of a document that differ by a rule, and perhaps by others that come with it. */
export interface RuleMutation {
  readonly rule: Rule;
  /** Changes copies of the document in place: what both have in common, and what is new, or was before. */
  readonly edit: (old: Any, now: Any) => void;
}

type Edit = (document: Any) => void;

const both =
  (shared: Edit, change: Edit) =>
  (old: Any, now: Any): void => {
    shared(old);
    shared(now);
    change(now);
  };
const none: Edit = () => {};

/** Three ways: nothing becomes one thing, that becomes nothing, or it becomes another thing. */
function stated(
  name:
    | 'content-type'
    | 'correlation-id'
    | 'method'
    | 'bindings'
    | 'reply'
    | 'attempts'
    | 'delivery-rule',
  one: Edit,
  other: Edit,
  no: Edit,
): RuleMutation[] {
  return [
    { rule: `${name}.added`, edit: (old, now) => [no(old), no(now), one(now)] },
    { rule: `${name}.removed`, edit: (old, now) => [no(old), no(now), one(old)] },
    { rule: `${name}.changed`, edit: (old, now) => [no(old), no(now), one(old), other(now)] },
  ];
}

function backwards({ rule, edit }: RuleMutation, other: Rule): RuleMutation[] {
  return [
    { rule, edit },
    { rule: other, edit: (old, now) => edit(now, old) },
  ];
}

const operationsOf = (document: Any): Any[] => Object.values(document.operations);
const firstOperation = (document: Any): Any => operationsOf(document)[0];
const firstServer = (document: Any): Any => Object.values(document.servers)[0];

function firstChannel(document: Any): Any {
  const [, , id] = firstOperation(document).channel.$ref.split('/');
  return document.channels[id];
}

/** Returns the message that a channel holds first, through a reference. */
function firstMessage(document: Any): Any {
  const [held] = Object.values<Any>(firstChannel(document).messages);
  return held.$ref === undefined ? held : document.components.messages[held.$ref.split('/').at(-1)];
}

function secured(document: Any, ...schemes: Any[]): void {
  document.components ??= {};
  document.components.securitySchemes = Object.fromEntries(
    schemes.map((scheme, index) => [`probe${index}`, scheme]),
  );
  for (const server of Object.values<Any>(document.servers)) delete server.security;
  for (const operation of operationsOf(document)) {
    operation.security = schemes.map((_, index) => ({
      $ref: `#/components/securitySchemes/probe${index}`,
    }));
  }
}

const bearer = { type: 'http', scheme: 'bearer' };
const signed = (tolerance: number) => ({
  type: 'httpApiKey',
  in: 'header',
  name: 'X-Probe',
  'x-credential': { kind: 'timestamped-hmac', algorithm: 'sha256', tolerance },
});

function rule(document: Any, name: string, value: Any): void {
  const [source] = Object.keys(document['x-sources'] ?? {});
  document['x-sources'] ??= { probe: { title: 'Probe', date: '2026-01-01' } };
  document['x-delivery'] = {
    ...document['x-delivery'],
    [name]: { value, source: { document: source ?? 'probe', section: 'Probe' } },
  };
}

const lonely = { type: 'object', required: ['probe'], properties: { probe: { const: 'alone' } } };

/** Documents whose servers and channels state everything that the rules about requests are about. */
const address: Edit = (document) => {
  firstChannel(document).address = '/probe/{part}';
  firstChannel(document).parameters = { part: { enum: ['one', 'two'] } };
};

export const ruleMutations: readonly RuleMutation[] = [
  ...backwards(
    {
      rule: 'message.added',
      edit: (_, now) => {
        firstChannel(now).messages.probe = { name: 'probe.alone', payload: lonely };
        delete firstOperation(now).messages;
      },
    },
    'message.removed',
  ),
  ...backwards(
    {
      rule: 'message.enlisted',
      edit: (old, now) => {
        for (const document of [old, now]) {
          firstChannel(document).messages.probe = { name: 'probe.alone', payload: lonely };
        }
        const [, , channel] = firstOperation(old).channel.$ref.split('/');
        firstOperation(old).messages = Object.keys(firstChannel(old).messages)
          .filter((key) => key !== 'probe')
          .map((key) => ({ $ref: `#/channels/${channel}/messages/${key}` }));
        delete firstOperation(now).messages;
      },
    },
    'message.withdrawn',
  ),
  {
    rule: 'operation.moved',
    edit: (old, now) => {
      for (const document of [old, now]) {
        const [, , channel] = firstOperation(document).channel.$ref.split('/');
        const keys = Object.keys(firstChannel(document).messages);
        document.channels.probes = {
          address: '/probes',
          messages: Object.fromEntries(
            keys.map((key) => [key, { $ref: `#/channels/${channel}/messages/${key}` }]),
          ),
        };
        delete firstOperation(document).messages;
        firstChannel(document).address = '/first';
      }
      firstOperation(now).channel = { $ref: '#/channels/probes' };
    },
  },
  {
    rule: 'message.moved',
    edit: (old, now) => {
      const probe = { name: 'probe.alone', payload: lonely };
      for (const document of [old, now]) {
        document.channels.probes = { address: '/probes', messages: {} };
        document.operations.probes = {
          ...structuredClone(firstOperation(document)),
          channel: { $ref: '#/channels/probes' },
        };
        delete document.operations.probes.messages;
        delete firstOperation(document).messages;
        firstChannel(document).address = '/first';
      }
      old.channels.probes.messages = { probe };
      firstChannel(now).messages.probe = probe;
    },
  },
  ...backwards(
    {
      rule: 'channel-server.added',
      edit: (old, now) => {
        for (const document of [old, now]) {
          document.servers.probe = { host: 'probe.example.com', protocol: 'https' };
          firstChannel(document).servers ??= Object.keys(document.servers)
            .filter((id) => id !== 'probe')
            .map((id) => ({ $ref: `#/servers/${id}` }));
        }
        firstChannel(now).servers.push({ $ref: '#/servers/probe' });
      },
    },
    'channel-server.removed',
  ),
  {
    rule: 'message.renamed',
    edit: (_, now) => {
      firstMessage(now).name = 'probe.renamed';
    },
  },
  {
    rule: 'identifier.changed',
    edit: (_, now) => {
      firstMessage(now).name = 'probe.renamed';
    },
  },
  ...backwards(
    {
      rule: 'payload.removed',
      edit: (_, now) => {
        delete firstMessage(now).payload;
      },
    },
    'payload.added',
  ),
  ...stated(
    'content-type',
    (one) => {
      firstMessage(one).contentType = 'application/json';
    },
    (one) => {
      firstMessage(one).contentType = 'application/cloudevents+json';
    },
    (one) => {
      delete one.defaultContentType;
      delete firstMessage(one).contentType;
    },
  ),
  ...stated(
    'correlation-id',
    (one) => {
      firstMessage(one).correlationId = { location: '$message.header#/x-probe' };
    },
    (one) => {
      firstMessage(one).correlationId = { location: '$message.header#/x-other' };
    },
    (one) => {
      delete firstMessage(one).correlationId;
    },
  ),
  ...stated(
    'method',
    (one) => {
      firstOperation(one).bindings = { http: { method: 'POST', bindingVersion: '0.3.0' } };
    },
    (one) => {
      firstOperation(one).bindings = { http: { method: 'PUT', bindingVersion: '0.3.0' } };
    },
    (one) => {
      delete firstOperation(one).bindings;
    },
  ),
  {
    rule: 'address.added',
    edit: (old, now) => {
      address(now);
      firstChannel(old).address = null;
    },
  },
  {
    rule: 'address.removed',
    edit: (old, now) => {
      address(old);
      firstChannel(now).address = null;
    },
  },
  {
    rule: 'address.changed',
    edit: both(address, (now) => {
      firstChannel(now).address = '/other/{part}';
    }),
  },
  ...backwards(
    {
      rule: 'parameter.narrowed',
      edit: both(address, (now) => {
        firstChannel(now).parameters.part.enum = ['one'];
      }),
    },
    'parameter.widened',
  ),
  ...backwards(
    {
      rule: 'parameter.removed',
      edit: both(address, (now) => {
        delete firstChannel(now).parameters.part.enum;
      }),
    },
    'parameter.added',
  ),
  ...backwards(
    {
      rule: 'server.added',
      edit: (_, now) => {
        now.servers.probe = { host: 'probe.example.com', protocol: 'https' };
        for (const channel of Object.values<Any>(now.channels)) {
          channel.servers?.push({ $ref: '#/servers/probe' });
        }
      },
    },
    'server.removed',
  ),
  {
    rule: 'server.changed',
    edit: (_, now) => {
      firstServer(now).host = 'probe.example.com';
      delete firstServer(now).variables;
    },
  },
  {
    rule: 'server.renamed',
    edit: (_, now) => {
      const [id = ''] = Object.keys(now.servers);
      const { [id]: renamed, ...others } = now.servers;
      now.servers = { probe: renamed, ...others };
      for (const channel of Object.values<Any>(now.channels)) {
        for (const reference of channel.servers ?? []) {
          if (reference.$ref === `#/servers/${id}`) reference.$ref = '#/servers/probe';
        }
      }
    },
  },
  ...backwards(
    {
      rule: 'channel.added',
      edit: (_, now) => {
        now.channels.probe = { address: '/probe/alone' };
      },
    },
    'channel.removed',
  ),
  {
    rule: 'channel.renamed',
    edit: (_, now) => {
      const [, , id = ''] = firstOperation(now).channel.$ref.split('/');
      const text = JSON.stringify(now).replaceAll(`#/channels/${id}`, '#/channels/probe');
      Object.assign(now, JSON.parse(text));
      now.channels.probe = now.channels[id];
      delete now.channels[id];
    },
  },
  ...backwards(
    {
      rule: 'operation.added',
      edit: (_, now) => {
        now.operations.probe = structuredClone(firstOperation(now));
      },
    },
    'operation.removed',
  ),
  {
    rule: 'operation.renamed',
    edit: (_, now) => {
      const [id = ''] = Object.keys(now.operations);
      const { [id]: renamed, ...others } = now.operations;
      now.operations = { probe: renamed, ...others };
    },
  },
  {
    rule: 'action.changed',
    edit: (_, now) => {
      const operation = firstOperation(now);
      operation.action = operation.action === 'send' ? 'receive' : 'send';
    },
  },
  ...stated(
    'bindings',
    (one) => {
      firstChannel(one).bindings = { kafka: { topic: 'one', bindingVersion: '0.5.0' } };
    },
    (one) => {
      firstChannel(one).bindings = { kafka: { topic: 'other', bindingVersion: '0.5.0' } };
    },
    none,
  ),
  ...stated(
    'reply',
    (one) => {
      firstOperation(one).reply = { address: { location: '$message.header#/one' } };
    },
    (one) => {
      firstOperation(one).reply = { address: { location: '$message.header#/other' } };
    },
    none,
  ),
  ...backwards(
    { rule: 'security.added', edit: (old, now) => [secured(old), secured(now, bearer)] },
    'security.removed',
  ),
  {
    rule: 'security.changed',
    edit: (old, now) => [secured(old, bearer), secured(now, signed(300))],
  },
  ...backwards(
    {
      rule: 'security.widened',
      edit: (old, now) => [secured(old, bearer), secured(now, bearer, signed(300))],
    },
    'security.narrowed',
  ),
  ...backwards(
    {
      rule: 'tolerance.raised',
      edit: (old, now) => [secured(old, signed(300)), secured(now, signed(600))],
    },
    'tolerance.lowered',
  ),
  ...backwards(
    {
      rule: 'success.widened',
      edit: (old, now) => [rule(old, 'success', [200]), rule(now, 'success', [200, 204])],
    },
    'success.narrowed',
  ),
  ...stated(
    'attempts',
    (one) => rule(one, 'attempts', 3),
    (one) => rule(one, 'attempts', 5),
    (one) => rule(one, 'attempts', 'not stated'),
  ),
  ...stated(
    'delivery-rule',
    (one) => rule(one, 'timeout', '5 s'),
    (one) => rule(one, 'timeout', '10 s'),
    (one) => rule(one, 'timeout', 'not stated'),
  ),
  {
    rule: 'identifier.removed',
    edit: (old) => {
      old.components.schemas = { ...old.components.schemas, ProbeAlone: { type: 'string' } };
    },
  },
];
