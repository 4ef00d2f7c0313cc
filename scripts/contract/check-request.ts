import type { Judge } from '../judge/judge.js';
import { undocumentedMembers } from '../judge/undocumented.js';
import { type Problem, problem } from '../problems/problem.js';
import { isJson } from '../spec/content-type.js';
import { joinPointer, pointerTokens } from '../spec/json-pointer.js';
import { checkAnswer } from './check-answer.js';
import { checkGenerators } from './check-generators.js';
import { checkPath } from './check-path.js';
import { checkQuery } from './check-query.js';
import { checkRequestHeaders } from './check-request-headers.js';
import { checkContentType } from './content-type.js';
import type { Guarantee } from './guarantee.js';
import type { Linked } from './link.js';
import type { HttpInteraction, Pact } from './pact.js';
import { checkExample } from './rule-problems.js';

/**
 * Judges a request that a producer sends, and the answer that it counts as delivered: the request must be a delivery
 * that the document allows, without members that it does not know.
 */
export function checkRequest(
  pact: Pact,
  interaction: HttpInteraction,
  linked: Linked,
  judge: Judge,
  guarantee: Guarantee,
): Problem[] {
  const { read, message } = linked;
  const inRequest = pact.locate(`${interaction.pointer}/request`);
  const inMessage = read.locate(message.pointer);
  return [
    ...checkMethod(pact, interaction, linked),
    ...checkPath(pact, interaction, linked),
    ...checkQuery(pact, interaction, linked, guarantee),
    ...typesOf(interaction).flatMap((type) =>
      checkContentType(type, message.contentType, inRequest, inMessage),
    ),
    ...checkRequestHeaders(pact, interaction, linked, judge),
    ...checkBody(pact, interaction, linked, judge),
    ...checkAnswer(pact, interaction, linked),
    ...checkGenerators(pact, interaction),
  ];
}

/** Lists the types that a request's body has: the header's, which is sent, and its own where not both are JSON. */
function typesOf({ headers, body }: HttpInteraction): (string | undefined)[] {
  const sent = headers['content-type'];
  const { contentType: own } = body;
  if (sent === undefined || sent === own) return [own];
  return own === undefined || (isJson(sent) && isJson(own)) ? [sent] : [sent, own];
}

function checkMethod(
  { locate }: Pact,
  { pointer, method, rules }: HttpInteraction,
  { read, operation }: Linked,
): Problem[] {
  const examples = checkExample(method, rules.method, locate);
  const expected = operation.method ?? method;
  if (method.toUpperCase() === expected.toUpperCase()) return examples;
  const places = [locate(`${pointer}/request/method`), read.locate(operation.pointer)];
  return [problem('pact.request.method', { expected, found: method }, ...places), ...examples];
}

function checkBody(
  { locate }: Pact,
  { pointer, body, rules }: HttpInteraction,
  { read, message }: Linked,
  judge: Judge,
): Problem[] {
  const inMessage = read.locate(message.pointer);
  const { value, fault: reason } = body;
  if (reason !== undefined) {
    const inBody = locate(`${pointer}/request/body`);
    return [problem('pact.contents.invalid', { reason }, inBody, inMessage)];
  }
  const examples = checkExample(value, rules.body, locate);
  if (value === undefined) {
    if (message.payload === undefined) return examples;
    const words = { text: 'The request has no body.', expected: `the payload of ${message.name}` };
    const inRequest = locate(`${pointer}/request`);
    return [problem('pact.request.invalid', words, inRequest, inMessage), ...examples];
  }
  const place = (at: string) =>
    locate(body.isPlain ? joinPointer(body.pointer, ...pointerTokens(at)) : body.pointer);
  const result = judge.check(value, undefined, message.name);
  return [
    ...(result.ok ? [] : result.problems).map(({ path, text, expected, found }) => {
      const words = {
        text,
        ...(expected === undefined ? {} : { expected }),
        ...(found === undefined ? {} : { found }),
      };
      return problem('pact.request.invalid', words, place(path), inMessage);
    }),
    ...undocumentedMembers(read.document, message.payload?.json, value).map((at) => {
      const details = { what: 'field', name: pointerTokens(at).at(-1) ?? '' };
      return problem('pact.request.undocumented', details, place(at), inMessage);
    }),
    ...examples,
  ];
}
