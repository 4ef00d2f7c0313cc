import type { Json, JsonObject } from '../../scripts/spec/model.js';
import { at, type Change, namesAt, type Path, set } from './document-change.js';
import { schemaChanges } from './schema-operators.js';

/** Lists what can be changed in a document: each operator at each place that it fits. */
export function changesOf(document: JsonObject): Change[] {
  const roots: Path[] = [
    ...namesAt(document, ['components', 'schemas']).map((name) => ['components', 'schemas', name]),
    ...namesAt(document, ['components', 'messages']).flatMap((name) =>
      ['payload', 'headers'].map((part) => ['components', 'messages', name, part]),
    ),
  ];
  return [
    ...roots.flatMap((path) => schemaChanges(document, path)),
    ...messageChanges(document),
    ...operationChanges(document),
    ...securityChanges(document),
    ...deliveryChanges(document),
  ];
}

function messageChanges(document: JsonObject): Change[] {
  return namesAt(document, ['components', 'messages']).flatMap((key) => {
    const path = ['components', 'messages', key];
    const message = at(document, path) as JsonObject;
    const change = (
      operator: string,
      what: string,
      apply: (message: JsonObject) => void,
    ): Change => ({
      operator,
      place: `${path.join('/')} ${what}`,
      apply: (copy) => apply(at(copy, path) as JsonObject),
    });
    const types = ['application/xml', 'text/plain', 'application/cloudevents+json', undefined];
    const ownHeaders = message.headers === undefined ? [true, false] : [];
    return [
      ...types.map((type) =>
        change('content type', type ?? 'left out', (to) => set(to, 'contentType', type)),
      ),
      change('rename a message', '', (to) => set(to, 'name', `${message.name}.v2`)),
      ...ownHeaders.map((isRequired) =>
        change('add a header', isRequired ? 'required' : 'optional', (to) => {
          to.headers = {
            type: 'object',
            ...(isRequired ? { required: ['X-Added-Later'] } : {}),
            properties: { 'X-Added-Later': { type: 'string' } },
          };
        }),
      ),
    ];
  });
}

function operationChanges(document: JsonObject): Change[] {
  const operations = namesAt(document, ['operations']).flatMap((id): Change[] => {
    const operation = at(document, ['operations', id]) as JsonObject;
    const messages = (operation.messages ?? []) as JsonObject[];
    const method = (value: string | undefined): Change => ({
      operator: 'method',
      place: `operations/${id} ${value ?? 'left out'}`,
      apply: (copy) => {
        const http = at(copy, ['operations', id, 'bindings', 'http']) as JsonObject;
        set(http, 'method', value);
      },
    });
    return [
      {
        operator: 'rename an operation',
        place: `operations/${id}`,
        apply: (copy) => {
          const { [id]: renamed, ...others } = copy.operations as JsonObject;
          copy.operations = { ...others, [`${id}2`]: renamed as Json };
        },
      },
      ...['PUT', 'GET', 'PATCH', undefined].map(method),
      ...(messages.length > 1 ? messages : []).map(
        (one): Change => ({
          operator: 'take a message away',
          place: `operations/${id} ${one.$ref}`,
          apply: (copy) => {
            const to = at(copy, ['operations', id]) as JsonObject;
            to.messages = (to.messages as JsonObject[]).filter(({ $ref }) => $ref !== one.$ref);
          },
        }),
      ),
    ];
  });
  const channels = namesAt(document, ['channels']).flatMap((name) => {
    const { address } = at(document, ['channels', name]) as JsonObject;
    return [null, '/v2/hook', '/', '/hook/{venue}']
      .filter((one) => one !== address)
      .map(
        (value): Change => ({
          operator: 'address of a channel',
          place: `channels/${name} ${value}`,
          apply: (copy) => {
            const to = at(copy, ['channels', name]) as JsonObject;
            to.address = value;
            if (value?.includes('{')) to.parameters = { venue: { description: 'The venue.' } };
          },
        }),
      );
  });
  const servers = namesAt(document, ['servers']).map(
    (name): Change => ({
      operator: 'path of a server',
      place: `servers/${name}`,
      apply: (copy) => {
        for (const server of Object.values(copy.servers as JsonObject))
          (server as JsonObject).pathname = '/base';
      },
    }),
  );
  return [...operations, ...channels, ...servers.slice(0, 1)];
}

function securityChanges(document: JsonObject): Change[] {
  const schemes = namesAt(document, ['components', 'securitySchemes']).flatMap((name): Change[] => {
    const path = ['components', 'securitySchemes', name];
    const scheme = at(document, path) as JsonObject;
    const credential = scheme['x-credential'] as JsonObject | undefined;
    const change = (what: string, apply: (scheme: JsonObject) => void): Change => ({
      operator: 'security scheme',
      place: `${path.join('/')} ${what}`,
      apply: (copy) => apply(at(copy, path) as JsonObject),
    });
    const ofCredential = (what: string, members: JsonObject): Change =>
      change(what, (to) => {
        to['x-credential'] = { ...credential, ...members };
      });
    const header = (what: string, own?: JsonObject) =>
      change(what, (to) => {
        for (const keyword of ['scheme', 'x-credential']) delete to[keyword];
        to.type = 'httpApiKey';
        to.in = 'header';
        to.name = 'X-Other-Header';
        if (own !== undefined) to['x-credential'] = own;
      });
    const common = [
      header('a static header', { kind: 'static-header' }),
      header('any httpApiKey'),
      change('bearer', (to) => {
        for (const keyword of ['in', 'name', 'x-credential']) delete to[keyword];
        to.type = 'http';
        to.scheme = 'bearer';
      }),
      change('basic', (to) => {
        for (const keyword of ['in', 'name', 'x-credential']) delete to[keyword];
        to.type = 'http';
        to.scheme = 'basic';
      }),
    ];
    const renamed =
      scheme.type === 'httpApiKey'
        ? [change('another header', (to) => set(to, 'name', 'X-Other-Header'))]
        : [];
    if (credential?.kind === 'hmac') {
      return [
        ...common,
        ...renamed,
        ofCredential('hex', { encoding: 'hex' }),
        ofCredential('a prefix', { prefix: 'sha256=' }),
      ];
    }
    if (credential?.kind === 'static-header') {
      const { name: _, ...named } = credential;
      return [
        ...common,
        ...renamed,
        ofCredential('demanded', { required: true }),
        change('of one name, demanded', (to) => {
          to['x-credential'] = { ...named, required: true };
        }),
        change('of one name, optional', (to) => {
          to['x-credential'] = { ...named, required: false };
        }),
      ];
    }
    return [...common, ...renamed];
  });
  const operations = namesAt(document, ['operations']).map(
    (id): Change => ({
      operator: 'security scheme',
      place: `operations/${id} another one beside`,
      apply: (copy) => {
        const components = copy.components as JsonObject;
        components.securitySchemes = {
          ...(components.securitySchemes as JsonObject),
          more: { type: 'http', scheme: 'bearer' },
        };
        (at(copy, ['operations', id]) as JsonObject).security = [
          { $ref: '#/components/securitySchemes/more' },
        ];
      },
    }),
  );
  return [...schemes, ...operations];
}

function deliveryChanges(document: JsonObject): Change[] {
  const change = (rule: string, value: Json): Change => ({
    operator: 'statuses',
    place: `x-delivery/${rule} ${JSON.stringify(value)}`,
    apply: (copy) => {
      const delivery = copy['x-delivery'] as JsonObject;
      const members = delivery[rule] as JsonObject;
      delivery[rule] = { ...members, value };
    },
  });
  if (document['x-delivery'] === undefined) return [];
  const statuses: Json[] = [
    [201],
    ['201-299'],
    [204],
    [200, 202],
    ['200-299'],
    ['300-399'],
    'not stated',
  ];
  return [
    ...statuses.map((value) => change('success', value)),
    ...[['200-299'], [200], ['400-599'], 'any other'].map((value) => change('failure', value)),
  ];
}
