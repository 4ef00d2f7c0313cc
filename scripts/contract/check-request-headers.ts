import { headersOf, headersProblem } from '../generate/runtime/check.js';
import { headerNames } from '../judge/header-names.js';
import type { Judge } from '../judge/judge.js';
import { undocumentedMembers } from '../judge/undocumented.js';
import { type Problem, problem } from '../problems/problem.js';
import { pointerTokens } from '../spec/json-pointer.js';
import type { JsonObject, Message, Operation } from '../spec/model.js';
import type { SpecDocument } from '../spec/read-spec.js';
import { credentialFaults, credentialHeaders } from './credential-forms.js';
import type { Linked } from './link.js';
import type { HttpInteraction, Pact } from './pact.js';
import { checkExample } from './rule-problems.js';

/** Judges the headers of a request that a producer sends, its credentials among them. */
export function checkRequestHeaders(
  { locate }: Pact,
  { pointer, headers, pointerOfHeader, rules }: HttpInteraction,
  { read, operation, message }: Linked,
  judge: Judge,
): Problem[] {
  const inHeaders = `${pointer}/request/headers`;
  const inMessage = read.locate(message.pointer);
  const credentials = credentialFaults(read.spec, operation, headers).map((fault) =>
    'scheme' in fault
      ? problem('pact.unjudged', unjudged(fault.scheme), locate(inHeaders), inMessage)
      : problem('pact.credential', fault, locate(inHeaders), inMessage),
  );
  const invalid = invalidHeader(judge, message, headers).map(({ name, words }) => {
    const place = locate(name === undefined ? inHeaders : pointerOfHeader(name));
    return problem('pact.request.invalid', words, place, inMessage);
  });
  const strangers = undocumentedHeaders(read, operation, message, headers).map((name) => {
    const place = locate(pointerOfHeader(name));
    return problem('pact.request.undocumented', { what: 'header', name }, place, inMessage);
  });
  const named = rules.header.map((rule) => ({
    ...rule,
    tokens: rule.tokens?.map((token) =>
      typeof token === 'string' ? token : { name: String(token.name).toLowerCase() },
    ),
  }));
  return [...credentials, ...invalid, ...strangers, ...checkExample(headers, named, locate)];
}

function unjudged(scheme: string): { what: string; reason: string; mend: string } {
  return {
    what: `the credential (${scheme})`,
    reason: 'only credentials in headers of a known form are',
    mend: 'describe the header that bears it: httpApiKey, in: header, with x-credential',
  };
}

/** Says which header breaks the message's schema of headers, and how; nothing where none does. */
function invalidHeader(judge: Judge, { name }: Message, headers: HttpInteraction['headers']) {
  const judged = judge.messages.find((one) => one.name === name);
  const found = judged && headersProblem(judged, headersOf(judged, headers));
  if (found === undefined) return [];
  const { path, text, expected, found: value } = found;
  const words = {
    text,
    ...(expected === undefined ? {} : { expected }),
    ...(value === undefined ? {} : { found: value }),
  };
  return [{ name: pointerTokens(path)[0], words }];
}

/** Headers that HTTP defines for requests, and those of tracing. */
const USUAL_HEADERS =
  /^(?:accept|accept-.*|authorization|cache-control|connection|content-.*|cookie|date|digest|expect|host|keep-alive|origin|referer|te|trailer|transfer-encoding|upgrade|user-agent|via|forwarded|x-forwarded-.*|traceparent|tracestate|baggage)$/;

/** Lists the headers that the document does not know, by their names in lower case, where it says anything of headers. */
function undocumentedHeaders(
  { spec, document }: SpecDocument,
  operation: Operation,
  message: Message,
  headers: HttpInteraction['headers'],
): string[] {
  const credentials = operation.security.flat().map((index) => spec.credentials[index]);
  const isFree = credentials.some(
    (one) => one?.kind === 'static-header' && one.header === undefined,
  );
  if (message.headers === undefined || isFree) return [];
  const carried = credentialHeaders(spec, operation);
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
