import type { Credential, SecurityScheme, Spec } from '../../spec/model.js';
import { readScheme } from '../../spec/statements.js';
import {
  type Block,
  code,
  type Fact,
  type Inline,
  paragraph,
  prose,
  type Section,
} from '../content.js';
import { shellJson } from '../shell.js';
import { type Vector, vectorOf } from './credential-examples.js';
import { credentialWords, recipeOf } from './credential-words.js';
import { describedFacts, describedProse } from './described.js';
import type { ExampleRequests } from './example-request.js';

/** Describes how to tell that a delivery is genuine: for each credential a recipe, and a vector to check it with. */
export async function authenticitySection(spec: Spec, requests: ExampleRequests): Promise<Section> {
  const { credentials, schemes } = spec;
  const section = {
    id: 'authenticity',
    title: 'Authenticity',
    finds: 'section' as const,
    words: `signature secret ${credentials.map((one) => sentence(credentialWords(one))).join(' ')}`,
    sections: [],
  };
  if (credentials.length === 0) {
    const text = 'The document demands no credentials: nothing in a request proves who sent it.';
    return { ...section, blocks: [paragraph(text)] };
  }
  const body = exampleBody(spec, requests);
  const parts = await Promise.all(
    credentials.map(async (credential, index) => ({
      id: `authenticity-${index + 1}`,
      title: sentence(credentialWords(credential)),
      blocks: await recipe(credential, schemes[index] ?? readScheme(), body, spec),
      sections: [],
    })),
  );
  const [only, ...others] = parts;
  if (only !== undefined && others.length === 0) {
    const [credential] = credentials;
    const words = credential === undefined ? [] : credentialWords(credential);
    return { ...section, blocks: [paragraph(...words, '.'), ...only.blocks] };
  }
  const text = 'Which of these a message demands is said with the message.';
  return { ...section, blocks: [paragraph(text)], sections: parts };
}

/** Returns the text of an example payload, as it would be sent. */
function exampleBody({ messages }: Spec, requests: ExampleRequests): string {
  for (const message of messages) {
    const found = requests.payloadOf(message);
    const body = found === undefined ? '' : shellJson(found.payload);
    if (body !== '' && body.length < 1000) return body;
  }
  return '{}';
}

async function recipe(
  credential: Credential,
  scheme: SecurityScheme,
  body: string,
  spec: Spec,
): Promise<Block[]> {
  const items = recipeOf(credential);
  const isFree = credential.kind === 'static-header' && credential.header === undefined;
  const facts: Fact[] = [
    ...(scheme.type === undefined ? [] : [{ term: 'Scheme', content: [code(scheme.type)] }]),
    ...(scheme.secret === undefined ? [] : [{ term: 'Secret', content: [prose(scheme.secret)] }]),
    ...(scheme.bearerFormat === undefined
      ? []
      : [{ term: 'Form of the token', content: [scheme.bearerFormat] }]),
    ...(scheme.headerName === undefined || !isFree
      ? []
      : [{ term: 'Name in the document', content: [code(scheme.headerName)] }]),
    ...(credential.kind === 'unsupported'
      ? []
      : [{ term: 'Replayed requests', content: [replayWords(credential)] }]),
  ];
  const vector = await vectorOf(credential, scheme, body);
  const shown = [...facts, ...describedFacts(scheme, spec)];
  return [
    ...describedProse(scheme),
    ...(shown.length === 0 ? [] : [{ kind: 'facts', facts: shown } as const]),
    ...(items.length === 0 ? [] : [{ kind: 'steps', items } as const]),
    ...(vector === undefined ? [] : vectorBlocks(vector, body)),
  ];
}

function replayWords(credential: Credential): string {
  return 'tolerance' in credential
    ? `accepted for ${credential.tolerance} seconds after they were signed, refused after that`
    : 'can not be told from the first';
}

function vectorBlocks({ secret, before, headers, command }: Vector, body: string): Block[] {
  const facts: Fact[] = [
    { term: command === undefined ? 'Agreed value' : 'Secret', content: [code(secret)] },
    ...(command === undefined
      ? []
      : [
          { term: 'Body', content: [code(body), ` (${Buffer.byteLength(body)} bytes)`] },
          ...(before === '' ? [] : [{ term: 'Before it', content: [code(before)] }]),
        ]),
    ...headers.map(([name, value]): Fact => ({ term: name, content: [code(value)] })),
  ];
  return [
    paragraph('A worked example, with made-up values:'),
    { kind: 'facts', facts },
    ...(command === undefined
      ? []
      : [{ kind: 'code', language: 'sh', label: 'Compute it yourself', text: command } as const]),
  ];
}

function sentence(content: readonly Inline[]): string {
  const text = content
    .map((one) => (typeof one === 'string' ? one : 'text' in one ? one.text : ''))
    .join('');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
