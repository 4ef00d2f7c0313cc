import { resolve } from 'node:path';
import { hasErrors, type Problem, problem } from '../problems/problem.js';
import { joinPointer } from '../spec/json-pointer.js';
import { parseJson } from '../spec/parse-json.js';
import {
  isContainer,
  isObject,
  type Json,
  type JsonObject,
  member,
  Positions,
} from '../spec/positions.js';
import { readText } from '../spec/read-file.js';
import { defaultLimits } from '../spec/read-spec.js';
import { SourceText } from '../spec/source-text.js';
import { shownValue } from './contradictions.js';
import type { Contents, Interaction, Pact } from './pact.js';
import { readRules } from './read-rules.js';

/**
 * Reads one pact file. Everything wrong with it is a problem; an interaction that can't be read is left out. Throws
 * `CannotRun` only where there is no such file.
 */
export function readPact(
  file: string,
  { cwd = process.cwd() } = {},
): { pact: Pact | undefined; problems: Problem[] } {
  const { source, problems: unreadable } = readText(
    file,
    resolve(cwd, file),
    defaultLimits.fileBytes,
  );
  if (source === undefined) return { pact: undefined, problems: unreadable };
  const positions = new Positions();
  const { value: root, fault } = parseJson(source, positions);
  if (fault !== undefined) {
    const place = source.locate(fault.offset);
    return {
      pact: undefined,
      problems: [problem('pact.invalid', { reason: fault.reason }, place)],
    };
  }
  const locate = (pointer: string) =>
    positions.ofPointer(root, pointer) ?? source.locate(0, pointer);
  return new PactReader(file, root, locate).read();
}

/** How many values a pact may hold, so that judging it ends in time. */
const MAX_VALUES = 300_000;

function holdsMoreThan(limit: number, root: Json): boolean {
  const open = [root];
  let count = 0;
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    count += 1;
    if (count + open.length > limit) return true;
    if (isContainer(value)) for (const inner of Object.values(value)) open.push(inner as Json);
  }
  return false;
}

class PactReader {
  readonly #problems: Problem[] = [];

  constructor(
    private readonly file: string,
    private readonly root: Json,
    private readonly locate: Pact['locate'],
  ) {}

  read(): { pact: Pact | undefined; problems: Problem[] } {
    if (holdsMoreThan(MAX_VALUES, this.root)) {
      this.#invalid(`it holds more than ${MAX_VALUES} values`, '');
      return this.#failed();
    }
    const consumer = this.#participant('consumer');
    const provider = this.#participant('provider');
    if (!isObject(this.root) || this.#problems.length > 0) return this.#failed();
    const version = versionOf(this.root);
    if (version !== undefined && !/^4(\.|$)/.test(version)) {
      const found = JSON.stringify(version);
      this.#problems.push(problem('pact.version', { found }, this.locate('')));
      return this.#failed();
    }
    const { interactions } = this.root;
    if (interactions !== undefined && !Array.isArray(interactions)) {
      this.#invalid('"interactions" is no list', '/interactions');
      return this.#failed();
    }
    if (interactions === undefined || interactions.length === 0) {
      this.#problems.push(problem('pact.empty', {}, this.locate('/interactions')));
    }
    const read = (interactions ?? []).flatMap(
      (json, index) => this.#interaction(json, `/interactions/${index}`) ?? [],
    );
    const { file, locate } = this;
    const pact = { file, consumer, provider, interactions: read, locate };
    return { pact, problems: [...this.#problems, ...duplicates(pact)] };
  }

  #failed(): { pact: undefined; problems: Problem[] } {
    return { pact: undefined, problems: hasErrors(this.#problems) ? this.#problems : [] };
  }

  #invalid(reason: string, pointer: string): undefined {
    this.#problems.push(problem('pact.invalid', { reason }, this.locate(pointer)));
  }

  #participant(role: 'consumer' | 'provider'): string {
    const name = member(member(this.root, role), 'name');
    if (typeof name === 'string' && name !== '') return name;
    if (this.#problems.length === 0) this.#invalid(`it names no ${role}`, '');
    return '';
  }

  #interaction(json: Json, pointer: string): Interaction | undefined {
    const description = member(json, 'description');
    if (!isObject(json) || typeof description !== 'string' || description === '') {
      return this.#invalid('an interaction has no description', pointer);
    }
    const link = member(member(member(json, 'comments'), 'references'), 'AsyncAPI');
    const common = {
      pointer,
      description,
      states: json.providerStates ?? [],
      operationId: text(member(link, 'operationId')),
      messageId: text(member(link, 'messageId')),
      json,
    };
    if (json.type === 'Asynchronous/Messages') {
      const metadata = isObject(json.metadata) ? json.metadata : {};
      const inMetadata = Object.keys(metadata).find((name) => /^content-?type$/i.test(name));
      const contentType = text(metadata[inMetadata ?? '']);
      const contents = readContents(json.contents, `${pointer}/contents`);
      return {
        ...common,
        kind: 'message',
        contents: {
          ...contents,
          contentType: contents.contentType ?? contentType,
        },
        metadataContentType: contentType,
        contentRules: readRules(json.matchingRules, `${pointer}/matchingRules`, 'body'),
        metadata: Object.fromEntries(
          Object.entries(metadata).filter(([name]) => !/^content-?type$/i.test(name)),
        ),
        metadataRules: readRules(json.matchingRules, `${pointer}/matchingRules`, 'metadata'),
      };
    }
    if (json.type === 'Synchronous/HTTP') {
      const request = isObject(json.request) ? json.request : {};
      const rules = (part: string) =>
        readRules(request.matchingRules, `${pointer}/request/matchingRules`, part);
      const headers = readHeaders(request.headers);
      const body = readContents(request.body, `${pointer}/request/body`);
      const status = member(json.response, 'status');
      const responseRules = member(json.response, 'matchingRules');
      return {
        ...common,
        kind: 'http',
        method: text(request.method) ?? 'GET',
        path: text(request.path) ?? '/',
        query: request.query,
        headers,
        pointerOfHeader: (name) =>
          joinPointer(
            `${pointer}/request/headers`,
            Object.keys(isObject(request.headers) ? request.headers : {}).find(
              (spelled) => spelled.toLowerCase() === name.toLowerCase(),
            ) ?? name,
          ),
        body: { ...body, contentType: headers['content-type'] ?? body.contentType },
        bodyRules: rules('body'),
        headerRules: rules('header'),
        status: typeof status === 'number' ? status : 200,
        statusRules: readRules(responseRules, `${pointer}/response/matchingRules`, 'status'),
      };
    }
    const found = shownValue(json.type ?? null);
    this.#problems.push(problem('pact.kind', { found }, this.locate(pointer)));
    return undefined;
  }
}

function versionOf(root: JsonObject): string | undefined {
  const { metadata } = root;
  return text(
    member(member(metadata, 'pactSpecification'), 'version') ??
      member(member(metadata, 'pact-specification'), 'version') ??
      member(metadata, 'pactSpecificationVersion') ??
      (root.messages === undefined ? undefined : '3.0.0'),
  );
}

function duplicates({ interactions, locate }: Pact): Problem[] {
  const known = new Map<string, Interaction>();
  return interactions.flatMap((one) => {
    const key = JSON.stringify([one.kind, one.description, one.states]);
    const earlier = known.get(key);
    known.set(key, one);
    if (earlier === undefined) return [];
    const { description } = one;
    return problem('pact.duplicate', { description }, locate(one.pointer), locate(earlier.pointer));
  });
}

/** Reads a header's values: a text or a list of texts, by the header's name in lower case. */
function readHeaders(value: Json | undefined): Record<string, string> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).map(([name, held]) => [
      name.toLowerCase(),
      (Array.isArray(held) ? held : [held]).map(plainText).join(', '),
    ]),
  );
}

function plainText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Reads a body. https://github.com/pact-foundation/pact-specification/tree/version-4#body-contents */
function readContents(value: Json | undefined, pointer: string): Contents {
  if (!isObject(value) || !Object.hasOwn(value, 'content')) {
    const contentType = text(member(value, 'contentType'));
    return { value: undefined, contentType, pointer, isPlain: true, fault: undefined };
  }
  const { content = null, encoded } = value;
  const contentType = text(value.contentType);
  const place = joinPointer(pointer, 'content');
  if (typeof encoded !== 'string' || encoded.toLowerCase() === 'json' || encoded === '') {
    const isText = typeof content === 'string' && contentType !== undefined && !isJson(contentType);
    const fault = isText ? 'only JSON is supported' : undefined;
    return { value: content, contentType, pointer: place, isPlain: true, fault };
  }
  const read = encoded.toLowerCase() === 'base64' && typeof content === 'string';
  if (!read) {
    const fault = `the encoding ${JSON.stringify(encoded)} is not supported`;
    return { value: undefined, contentType, pointer: place, isPlain: false, fault };
  }
  const decoded = new SourceText('contents', Buffer.from(content, 'base64').toString('utf8'));
  const { value: parsed, fault } = parseJson(decoded, new Positions());
  const reason = fault === undefined ? undefined : `they are not JSON (${fault.reason})`;
  return { value: parsed, contentType, pointer: place, isPlain: false, fault: reason };
}

/** Tells whether a media type is JSON. https://www.rfc-editor.org/rfc/rfc6839#section-3.1 */
export function isJson(contentType: string): boolean {
  return /^[^;/]+\/(?:[^;]+\+)?json\s*(?:;|$)/i.test(contentType.trim());
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
