import { namedHeaders } from '../judge/header-names.js';
import { undocumentedMembers } from '../judge/undocumented.js';
import { type Problem, problem } from '../problems/problem.js';
import { pointerTokens } from '../spec/json-pointer.js';
import type { Json, Message } from '../spec/model.js';
import type { SpecDocument } from '../spec/read-spec.js';

/**
 * Checks that correlation ids stand where the schemas of their messages have a member.
 * https://www.asyncapi.com/docs/reference/specification/v3.1.0#correlationIdObject
 */
export function checkCorrelation({ spec, document, locate }: SpecDocument): Problem[] {
  return spec.messages.flatMap((message) => {
    const { correlationId } = message;
    const [, part, path = ''] =
      /^\$message\.(header|payload)#(\/.*)$/s.exec(correlationId?.location ?? '') ?? [];
    if (correlationId === undefined || part === undefined) return [];
    const isHeader = part === 'header';
    const schema = isHeader ? message.headers : message.payload;
    const tokens = isHeader
      ? asSpelled(pointerTokens(path), document, message)
      : pointerTokens(path);
    const shown = tokens.reduceRight<Json>((held, token) => ({ [token]: held }), '');
    if (undocumentedMembers(document, schema?.json, shown).length === 0) return [];
    const place = locate(`${correlationId.pointer}/location`);
    const where = isHeader ? 'headers' : 'payload';
    return [problem('correlation.unknown', { path, where, message: message.name }, place)];
  });
}

/** Spells a header's name as the schema of the headers does; names of headers match in any case. */
function asSpelled(
  [name = '', ...rest]: readonly string[],
  document: SpecDocument['document'],
  { headers }: Message,
): string[] {
  const wanted = name.toLowerCase();
  const known = namedHeaders(document, headers).find((one) => one.name.toLowerCase() === wanted);
  return [known?.name ?? name, ...rest];
}
