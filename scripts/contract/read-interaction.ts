import { joinPointer } from '../spec/json-pointer.js';
import { isContainer, type Json, type JsonObject, member } from '../spec/positions.js';
import { CONTENT_TYPE } from './headers.js';
import type { AnswerPart, HttpInteraction, Interaction, MessageInteraction } from './pact.js';
import { readContents } from './read-contents.js';
import { readRules } from './read-rules.js';
import { type Fault, nameOf, Shapes } from './shapes.js';

type Common = Pick<
  Interaction,
  'pointer' | 'description' | 'states' | 'operationId' | 'messageId' | 'generators' | 'json'
>;

/** Reads one interaction; undefined, and why, where a part of it can't be read. */
export function readInteraction(
  kind: Interaction['kind'],
  json: JsonObject,
  pointer: string,
): { readonly interaction: Interaction | undefined; readonly faults: readonly Fault[] } {
  const shapes = new Shapes();
  const link = member(member(member(json, 'comments'), 'references'), 'AsyncAPI');
  const inLink = (name: 'operationId' | 'messageId') =>
    shapes.text(member(link, name), `${pointer}/comments/references/AsyncAPI/${name}`);
  const common: Common = {
    pointer,
    description: shapes.text(json.description, `${pointer}/description`) ?? '',
    states: json.providerStates ?? [],
    operationId: inLink('operationId'),
    messageId: inLink('messageId'),
    generators: readGenerators(json, pointer, shapes),
    json,
  };
  if (common.description === '') shapes.refuse('an interaction has no description', pointer);
  const read = kind === 'message' ? readMessage : readHttp;
  const interaction = read(common, shapes);
  const { faults } = shapes;
  return { interaction: faults.length > 0 ? undefined : interaction, faults };
}

/** Where generators stand: of messages, of requests and of answers. */
const WITH_GENERATORS = ['', '/request', '/response'];

function readGenerators(json: JsonObject, pointer: string, shapes: Shapes) {
  return WITH_GENERATORS.flatMap((below) => {
    const holder = below === '' ? json : member(json, below.slice(1));
    const place = `${pointer}${below}/generators`;
    const parts = shapes.object(member(holder, 'generators'), place);
    return Object.entries(parts)
      .map(([part, held]) => ({ part, held, pointer: joinPointer(place, part) }))
      .filter(({ held, pointer }) => Object.keys(shapes.object(held, pointer)).length > 0)
      .map(({ part, pointer }) => ({ part, pointer }));
  });
}

function readMessage(common: Common, shapes: Shapes): MessageInteraction {
  const { json, pointer } = common;
  const spelled = shapes.object(json.metadata, `${pointer}/metadata`);
  refuseSpellings(spelled, `${pointer}/metadata`, shapes);
  const metadata = Object.entries(spelled);
  const [name, type] = metadata.find(([name]) => CONTENT_TYPE.test(name)) ?? [];
  const stated = shapes.text(type, joinPointer(`${pointer}/metadata`, name ?? ''));
  const contents = readContents(json.contents, `${pointer}/contents`, shapes);
  const rules = readRules(
    json.matchingRules,
    `${pointer}/matchingRules`,
    ['body', 'metadata'],
    shapes,
  );
  return {
    ...common,
    kind: 'message',
    contents: { ...contents, contentType: contents.contentType ?? stated },
    metadataContentType: stated,
    contentRules: rules.body,
    metadata: Object.fromEntries(metadata.filter(([name]) => !CONTENT_TYPE.test(name))),
    metadataRules: rules.metadata,
  };
}

function readHttp(common: Common, shapes: Shapes): HttpInteraction {
  const { json, pointer: whole } = common;
  const pointer = `${whole}/request`;
  if (!Object.hasOwn(json, 'request')) shapes.refuse('an interaction has no request', whole);
  const request = shapes.object(json.request, pointer);
  const spelled = shapes.object(request.headers, `${pointer}/headers`);
  const headers = readHeaders(spelled, `${pointer}/headers`, shapes);
  const body = readContents(request.body, `${pointer}/body`, shapes);
  return {
    ...common,
    kind: 'http',
    method: shapes.text(request.method, `${pointer}/method`) ?? 'GET',
    path: shapes.text(request.path, `${pointer}/path`) ?? '/',
    query: readQuery(request.query, `${pointer}/query`, shapes),
    headers,
    pointerOfHeader: (name) =>
      joinPointer(
        `${pointer}/headers`,
        Object.keys(spelled).find((one) => one.toLowerCase() === name.toLowerCase()) ?? name,
      ),
    body,
    rules: readRules(
      request.matchingRules,
      `${pointer}/matchingRules`,
      ['method', 'path', 'query', 'header', 'body'],
      shapes,
    ),
    ...readAnswer(json.response, `${whole}/response`, shapes),
  };
}

function readAnswer(
  value: Json | undefined,
  pointer: string,
  shapes: Shapes,
): Pick<HttpInteraction, 'status' | 'statusRules' | 'answer'> {
  const response = shapes.object(value, pointer);
  const { status } = response;
  if (typeof status !== 'number') shapes.refuse('the response has no status', pointer);
  const rules = readRules(
    response.matchingRules,
    `${pointer}/matchingRules`,
    ['status', 'header', 'body'],
    shapes,
  );
  const headers = shapes.object(response.headers, `${pointer}/headers`);
  const body = readContents(response.body, `${pointer}/body`, shapes);
  const stated: AnswerPart[] = [
    ...(Object.keys(headers).length === 0
      ? []
      : [{ part: 'headers' as const, pointer: `${pointer}/headers` }]),
    ...(body.value === undefined && body.fault === undefined
      ? []
      : [{ part: 'body' as const, pointer: `${pointer}/body` }]),
    ...rules.header.map((rule) => ({ part: 'headers' as const, pointer: rule.pointer })),
    ...rules.body.map((rule) => ({ part: 'body' as const, pointer: rule.pointer })),
  ];
  return {
    status: typeof status === 'number' ? status : 0,
    statusRules: rules.status,
    answer: stated.filter(
      ({ part }, index) => stated.findIndex((one) => one.part === part) === index,
    ),
  };
}

/** Reads each header's values, a scalar or a list of them, as HTTP joins them: by the header's name in lower case. */
function readHeaders(
  headers: JsonObject,
  pointer: string,
  shapes: Shapes,
): Readonly<Record<string, string>> {
  refuseSpellings(headers, pointer, shapes);
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      readTexts(value, joinPointer(pointer, name), shapes).join(', '),
    ]),
  );
}

/** Refuses a header that stands there more than once, since Pact and HTTP make different things of it. */
function refuseSpellings(headers: JsonObject, pointer: string, shapes: Shapes): void {
  const seen = new Map<string, string>();
  for (const name of Object.keys(headers)) {
    const earlier = seen.get(name.toLowerCase());
    seen.set(name.toLowerCase(), name);
    if (earlier === undefined) continue;
    const reason = `${JSON.stringify(name)} and ${JSON.stringify(earlier)} are one header`;
    shapes.refuse(reason, joinPointer(pointer, name));
  }
}

/** Reads a query: a text as it stands in a URL, or the values by their names. */
function readQuery(
  value: Json | undefined,
  pointer: string,
  shapes: Shapes,
): HttpInteraction['query'] {
  if (typeof value === 'string') {
    const read = new URLSearchParams(value);
    return Object.fromEntries([...read.keys()].map((name) => [name, read.getAll(name)]));
  }
  return Object.fromEntries(
    Object.entries(shapes.object(value, pointer)).map(([name, held]) => [
      name,
      readTexts(held, joinPointer(pointer, name), shapes),
    ]),
  );
}

/** Reads a scalar, or a list of them, as texts; a parameter of a query may stand without a value. */
function readTexts(value: Json, pointer: string, shapes: Shapes): string[] {
  const texts = Array.isArray(value) ? value : [value];
  if (texts.some(isContainer)) shapes.refuse(`${nameOf(pointer)} is no list of texts`, pointer);
  return texts.map((one) => {
    if (one === null) return '';
    return typeof one === 'string' ? one : JSON.stringify(one);
  });
}
