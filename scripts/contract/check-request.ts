import { headerMap, headersOf } from '../generate/runtime/check.js';
import { headerNames } from '../judge/header-names.js';
import type { Judge } from '../judge/judge.js';
import { undocumentedMembers } from '../judge/undocumented.js';
import { type Location, type Problem, problem } from '../problems/problem.js';
import { joinPointer, pointerTokens } from '../spec/json-pointer.js';
import type { Delivery, Json, JsonObject, Message, Operation, StatusRange } from '../spec/model.js';
import { isObject } from '../spec/positions.js';
import type { SpecDocument } from '../spec/read-spec.js';
import { unusedRules } from './check-message.js';
import { checkContentType } from './content-type.js';
import { contradictions, shownValue } from './contradictions.js';
import { credentialFault, credentialHeaders } from './credential-forms.js';
import { literal } from './date-patterns.js';
import { isDeliveredStatus } from './delivered-status.js';
import type { Linked } from './link.js';
import { describeMatcher } from './matchers.js';
import type { HttpInteraction, Pact } from './pact.js';
import { RuleIndex } from './rule-index.js';

/**
 * Judges a request that a producer sends, and the status that it counts as delivered: the request must be a delivery
 * that the document allows, without members that it does not know.
 */
export function checkRequest(
  { locate }: Pact,
  interaction: HttpInteraction,
  { read, operation, message }: Linked,
  judge: Judge,
): Problem[] {
  const { pointer, headers, body, method, path, query } = interaction;
  const request = `${pointer}/request`;
  const inOperation = read.locate(operation.pointer);
  const inMessage = read.locate(message.pointer);
  const problems: Problem[] = [];

  const expectedMethod = operation.method ?? method;
  if (method.toUpperCase() !== expectedMethod.toUpperCase()) {
    const details = { expected: expectedMethod, found: method };
    problems.push(
      problem('pact.request.method', details, locate(`${request}/method`), inOperation),
    );
  }
  const paths = pathsOf(operation);
  if (paths !== undefined && !paths.some((one) => one.pattern.test(path))) {
    const details = { expected: paths.map(({ text }) => text).join(' or '), found: path };
    problems.push(problem('pact.request.path', details, locate(`${request}/path`), inOperation));
  }
  if (query !== undefined && !(isObject(query) && Object.keys(query).length === 0)) {
    const details = { found: shownValue(query) };
    problems.push(problem('pact.request.query', details, locate(`${request}/query`), inOperation));
  }
  problems.push(
    ...checkContentType(body.contentType, message.contentType, locate(request), inMessage),
  );
  const credential = credentialFault(read.spec, message, headers);
  if (credential !== undefined) {
    problems.push(problem('pact.credential', credential, locate(`${request}/headers`), inMessage));
  }
  return [
    ...problems,
    ...checkBody(interaction, { read, operation, message }, judge, locate, inMessage),
    ...checkStatus(interaction, read.spec.delivery, locate, inOperation),
  ];
}

function checkBody(
  { pointer, headers, pointerOfHeader, body, bodyRules, headerRules }: HttpInteraction,
  { read, message }: Linked,
  judge: Judge,
  locate: Pact['locate'],
  inMessage: Location,
): Problem[] {
  const inRequest = `${pointer}/request`;
  if (body.fault !== undefined) {
    const { fault: reason } = body;
    return [problem('pact.contents.invalid', { reason }, locate(`${inRequest}/body`), inMessage)];
  }
  if (body.value === undefined) {
    if (message.payload === undefined) return [];
    const words = { text: 'The request has no body.', expected: `the payload of ${message.name}` };
    return [problem('pact.request.invalid', words, locate(inRequest), inMessage)];
  }
  const value = body.value;
  const place = (at: string) =>
    locate(body.isPlain ? joinPointer(body.pointer, ...pointerTokens(at)) : body.pointer);
  const headerPlace = (path: string) => {
    const [name] = pointerTokens(path);
    return name === undefined ? `${inRequest}/headers` : pointerOfHeader(name);
  };
  const problems: Problem[] = [];
  const result = judge.check(value, headerMap(headers), message.name);
  for (const { in: part, path, text, expected, found } of result.ok ? [] : result.problems) {
    const words = {
      text,
      ...(expected === undefined ? {} : { expected }),
      ...(found === undefined ? {} : { found }),
    };
    const at = part === 'headers' ? locate(headerPlace(path)) : place(path);
    problems.push(problem('pact.request.invalid', words, at, inMessage));
  }
  for (const at of undocumentedMembers(read.document, message.payload?.json, value)) {
    const name = pointerTokens(at).at(-1) ?? '';
    problems.push(problem('pact.request.undocumented', { name }, place(at), inMessage));
  }
  for (const name of undocumentedHeaders(read, message, headers)) {
    const at = locate(pointerOfHeader(name));
    problems.push(problem('pact.request.undocumented', { name }, at, inMessage));
  }
  const rules = new RuleIndex(bodyRules);
  const named: Json = headers;
  const byName = new RuleIndex(
    headerRules.map((rule) => ({
      ...rule,
      tokens: rule.tokens?.map((token) =>
        typeof token === 'string' ? token : { name: String(token.name).toLowerCase() },
      ),
    })),
  );
  return [
    ...problems,
    ...contradictions({ value, rules }).map(({ details, rule }) =>
      problem('pact.rule.contradicted', details, locate(rule.pointer)),
    ),
    ...unusedRules(rules.unused(value), locate),
    ...contradictions({ value: named, rules: byName }).map(({ details, rule }) =>
      problem('pact.rule.contradicted', details, locate(rule.pointer)),
    ),
  ];
}

/** Headers that HTTP defines for requests, and those of tracing. */
const USUAL_HEADERS =
  /^(?:accept|accept-.*|authorization|cache-control|connection|content-.*|cookie|date|digest|expect|host|keep-alive|origin|referer|te|trailer|transfer-encoding|upgrade|user-agent|via|forwarded|x-forwarded-.*|traceparent|tracestate|baggage)$/;

/** Lists the headers that the document does not know, by their names in lower case, where it says anything of headers. */
function undocumentedHeaders(
  { spec, document }: SpecDocument,
  message: Message,
  headers: Readonly<Record<string, string>>,
): string[] {
  const credentials = message.security.flat().map((index) => spec.credentials[index]);
  const isFree = credentials.some(
    (one) => one?.kind === 'static-header' && one.header === undefined,
  );
  if (message.headers === undefined || isFree) return [];
  const carried = credentialHeaders(spec, message);
  const own = Object.entries(headers).filter(
    ([name]) => !USUAL_HEADERS.test(name) && !carried.has(name),
  );
  const spelled = headersOf(
    { name: message.name, headerNames: headerNames(document, message.headers) },
    Object.fromEntries(own),
  );
  return undocumentedMembers(document, message.headers.json, spelled as JsonObject).map(
    (pointer) => pointerTokens(pointer)[0] ?? '',
  );
}

/** Returns the paths of an operation's channel; undefined where only the consumer knows it. */
function pathsOf({
  address,
  basePaths,
}: Operation): { text: string; pattern: RegExp }[] | undefined {
  if (address === undefined) return undefined;
  return basePaths.map((base) => {
    const text = `${base}${address.startsWith('/') ? '' : '/'}${address}`;
    const source = text
      .split(/(\{[^{}/]+\})/)
      .map((part, index) => (index % 2 === 1 ? '[^/]+' : literal(part)))
      .join('');
    return { text, pattern: new RegExp(`^${source}$`, 'u') };
  });
}

/** The statuses that Pact's `statusCode` matcher names. https://github.com/pact-foundation/pact-specification/tree/version-4#supported-matching-rules */
const CLASSES: Readonly<Record<string, StatusRange>> = {
  info: [100, 199],
  success: [200, 299],
  redirect: [300, 399],
  clientError: [400, 499],
  serverError: [500, 599],
  nonError: [100, 399],
  error: [400, 599],
};

/** Judges which statuses the producer counts as delivered, by the document's rules or, where it has none, by HTTP's. */
function checkStatus(
  { pointer, status, statusRules }: HttpInteraction,
  delivery: Delivery,
  locate: Pact['locate'],
  inOperation: Location,
): Problem[] {
  const place = locate(`${pointer}/response/status`);
  const problems: Problem[] = [];
  const accepted = new Set([status]);
  for (const { matchers, pointer: at } of statusRules) {
    for (const matcher of matchers) {
      const ranges = matcher.match === 'statusCode' ? rangesOf(matcher.status ?? null) : undefined;
      if (ranges === undefined) {
        const details = {
          rule: describeMatcher(matcher),
          reason: 'matchers of this kind are not understood',
        };
        problems.push(problem('pact.rule.unjudged', details, locate(at)));
        continue;
      }
      if (!ranges.some(([first, last]) => status >= first && status <= last)) {
        const details = { rule: describeMatcher(matcher), found: String(status) };
        problems.push(problem('pact.rule.contradicted', details, locate(at)));
      }
      for (const [first, last] of ranges) {
        for (let one = first; one <= last; one += 1) accepted.add(one);
      }
    }
  }
  const wrong = [...accepted]
    .sort((one, other) => one - other)
    .find((one) => !isDeliveredStatus(delivery, one));
  if (wrong === undefined) return problems;
  const words = {
    text: `The producer takes the status ${wrong} for a delivery, and the document does not.`,
    expected: expectedStatuses(delivery),
    found: String(wrong),
  };
  return [...problems, problem('pact.status', words, place, inOperation)];
}

function rangesOf(value: Json): StatusRange[] | undefined {
  if (typeof value === 'string') {
    return Object.hasOwn(CLASSES, value) ? [CLASSES[value] as StatusRange] : undefined;
  }
  if (!Array.isArray(value)) return undefined;
  const ranges = value.flatMap((one): StatusRange[] => (isStatus(one) ? [[one, one]] : []));
  return ranges.length === value.length ? ranges : undefined;
}

/** https://www.rfc-editor.org/rfc/rfc9110#section-15 */
function isStatus(value: Json): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 100 && value <= 999;
}

function expectedStatuses({ success }: Delivery): string {
  if (success === undefined) return '2xx, since the document states none';
  return success
    .map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`))
    .join(', ');
}
