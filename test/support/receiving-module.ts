import { join } from 'node:path';
import { generateModule } from './generate-module.js';
import type { ReceiveResult } from './generated-module.js';
import { temporaryFolder } from './temporary-folder.js';

/** What a document says about receiving: security schemes as YAML, by server or operation; rules of `x-delivery`. */
export interface Reception {
  readonly servers?: readonly (readonly string[])[];
  readonly operations?: { readonly order?: readonly string[]; readonly refund?: readonly string[] };
  readonly delivery?: string;
  /** Schemes of a server that is not for HTTP. */
  readonly kafka?: readonly string[];
  /** The message `refund` stands in no operation. */
  readonly isRefundForgotten?: boolean;
  /** Nothing tells the messages apart. */
  readonly isUntold?: boolean;
}

type Receive = (request: unknown) => Promise<ReceiveResult>;

/** A generated module with the messages `order` and `refund`, told by `type`; both have an integer `id`. */
export interface ReceivingModule {
  readonly exports: Readonly<Record<string, unknown>>;
  readonly receiver: (options?: object) => Receive;
  readonly sign: (body: Uint8Array | string, options: object) => Promise<Record<string, string>>;
  readonly fingerprint: (delivery: ReceiveResult) => Promise<string>;
  /** Receives a body, and returns the message's name or the first problem's code. */
  readonly judged: (receive: Receive, body: string, headers: object) => Promise<string | undefined>;
}

/** Generates a module of a document that says this about receiving. */
export async function receivingModule(reception: Reception): Promise<ReceivingModule> {
  const folder = temporaryFolder({ 'orders.asyncapi.yaml': documentOf(reception) });
  const { exports } = await generateModule(join(folder, 'orders.asyncapi.yaml'), folder);
  const { receiver, sign, fingerprint } = exports as unknown as ReceivingModule;
  const judged: ReceivingModule['judged'] = async (receive, body, headers) => {
    const result = await receive({ headers, body: new TextEncoder().encode(body) });
    return result.kind === 'message' ? result.message : result.problems[0]?.code;
  };
  return { exports, receiver, sign, fingerprint, judged };
}

/** Schemas of `id` that a small number fits both of. */
const UNTOLD = {
  order: '{ type: integer, maximum: 100 }',
  refund: '{ type: integer, minimum: 0 }',
};

function documentOf(reception: Reception): string {
  const { servers = [], operations = {}, delivery, kafka } = reception;
  const list = (schemes: readonly string[] = []) =>
    `security: [${schemes.join(', ').replace(/\s+/g, ' ')}]`;
  const message = (name: 'order' | 'refund') => `      ${name}:
        payload:
          type: object
          required: [type, id]
          properties: { type: { ${reception.isUntold ? 'type: string' : `const: ${name}`} }, id: ${reception.isUntold ? UNTOLD[name] : '{ type: integer }'} }
`;
  const operation = (name: 'order' | 'refund') => `  ${name}:
    action: send
    channel: { $ref: "#/channels/orders" }
    messages: [{ $ref: "#/channels/orders/messages/${name}" }]
    ${list(operations[name])}
`;
  return `asyncapi: 3.1.0
info: { title: Orders, version: 1.0.0 }
${servers.length === 0 ? '' : 'servers:\n'}${servers
  .map(
    (schemes, index) => `  s${index}: { host: example.com, protocol: https, ${list(schemes)} }\n`,
  )
  .join(
    '',
  )}${kafka === undefined ? '' : `  k: { host: example.com, protocol: kafka, ${list(kafka)} }\n`}channels:
  orders:
    messages:
${message('order')}${message('refund')}operations:
${operation('order')}${reception.isRefundForgotten ? '' : operation('refund')}${
  delivery === undefined
    ? ''
    : `x-sources: { d: { title: D, date: not stated } }\nx-delivery: { ${delivery} }\n`
}`;
}
