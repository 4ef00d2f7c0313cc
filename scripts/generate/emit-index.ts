import { headerNames } from '../judge/header-names.js';
import { selectionOf } from '../judge/selection.js';
import type { Message, Spec } from '../spec/model.js';
import { isObject, member } from '../spec/positions.js';
import type { SpecDocument } from '../spec/read-spec.js';
import { type Code, code, type Identifier, join, literal } from './code.js';
import type { Names } from './names.js';
import type { Security } from './runtime/authentication.js';
import { standardHeaders } from './runtime/credentials.js';
import { statusesOf } from './statuses.js';
import type { Validators } from './validators/emit-validators.js';

/** Emits `index.js`: the catalogue of messages, `check`, a guard per message, and the receiver. */
export function emitIndex(read: SpecDocument, names: Names, validators: Validators): Code {
  const { spec, document } = read;
  const used = [
    ...new Set(
      spec.messages
        .flatMap(({ payload, headers }) => [payload, headers])
        .flatMap((schema) => (schema === undefined ? [] : [validators.exportOf(schema)])),
    ),
  ] as Identifier[];
  const validatorOf = (schema: Message['payload']) =>
    schema === undefined ? code`undefined` : code`${validators.exportOf(schema) as Identifier}`;
  const options = validators.isDeep ? code`, { isDeep: true }` : code``;
  const checked = spec.messages.map((message) => {
    const headers =
      message.headers === undefined
        ? code``
        : code`, headers: ${validatorOf(message.headers)}, headerNames: ${literal(headerNames(document, message.headers))}`;
    return code`    { name: ${literal(message.name)}, payload: ${validatorOf(message.payload)}${headers} },\n`;
  });
  const guards = spec.messages.map(
    (message) =>
      code`export const ${names.guard(message)} = createGuard(${validatorOf(message.payload)}${options});\n`,
  );
  const validatorImport =
    used.length === 0 ? code`` : code`import { ${join(used, ', ')} } from './validators.js';\n`;
  const { credentials, requirements } = securityOf(spec);
  const sign = canSign(spec) ? code`export const sign = createSign(credentials);\n` : code``;
  return code`import {
  createCheck,
  createFingerprint,
  createGuard,
  createReceiver,
${canSign(spec) ? code`  createSign,\n` : code``}  freeze,
  judgeOf,
} from './runtime.js';
${validatorImport}
export { fastifyPlugin, fetchHandler, nodeHandler } from './runtime.js';

export const messages = freeze(${literal(catalogue(read), 2)});

const judge = judgeOf(
  [
${join(checked, '')}  ],
  ${literal(selectionOf(spec, document))}${options},
);

export const check = createCheck(judge);

${join(guards, '')}
const credentials = ${literal(credentials, 2)};

export const receiver = createReceiver(judge, {
  credentials,
  requirements: ${literal(requirements)},
  statuses: ${literal(statusesOf(spec.delivery))},
});

${sign}export const fingerprint = createFingerprint(messages${idHeader(spec)});
`;
}

/** Returns what messages demand of their senders: one requirement where all demand the same. */
export function securityOf({ credentials, messages }: Spec): Security {
  const requirements = messages.map(({ security }) => security);
  const isOne = new Set(requirements.map((one) => JSON.stringify(one))).size === 1;
  return { credentials, requirements: isOne ? requirements.slice(0, 1) : requirements };
}

/** Tells whether a document has a scheme that its senders' headers can be made by. */
export function canSign({ credentials }: Spec): boolean {
  return credentials.some(({ kind }) => kind !== 'unsupported');
}

/** Names the header that numbers deliveries, where all of them are signed with it. */
function idHeader({ credentials }: Spec): Code {
  const [first, ...others] = credentials;
  if (first?.kind !== 'standard-webhooks' || others.length > 0) return code``;
  return code`, { idHeader: ${literal(standardHeaders(first.prefix)[0])} }`;
}

/** Names the headers that credentials stand in, in lower case. */
function credentialHeaders({ credentials }: Spec): string[] {
  return credentials.flatMap((credential) => {
    switch (credential.kind) {
      case 'standard-webhooks':
        return standardHeaders(credential.prefix);
      case 'bearer':
        return 'authorization';
      case 'unsupported':
        return [];
      default:
        return credential.header?.toLowerCase() ?? [];
    }
  });
}

/** The messages as data: what the document says of each, and its examples. */
function catalogue({ spec, document }: SpecDocument): object[] {
  const credentials = credentialHeaders(spec);
  return spec.messages.map(({ name, title, summary, channels, headers, examples }) => {
    const required = member(headers?.json, 'required');
    const properties = member(headers?.json, 'properties');
    return {
      name,
      title,
      summary,
      channel: channels[0],
      channels,
      headers: headerNames(document, headers)
        .filter((header) => !credentials.includes(header.name.toLowerCase()))
        .map((header) => ({
          name: header.name,
          required: Array.isArray(required) && required.includes(header.name),
          description: member(
            isObject(properties) ? properties[header.name] : undefined,
            'description',
          ),
        })),
      examples: examples.map((example) => ({
        name: example.name,
        summary: example.summary,
        payload: example.payload,
        headers: example.headers,
      })),
    };
  });
}
