import { HEADER_NAME } from '../generate/runtime/credentials.js';
import { type Problem, problem } from '../problems/problem.js';
import { joinPointer } from '../spec/json-pointer.js';
import { isObject, member } from '../spec/positions.js';
import type { SpecDocument } from '../spec/read-spec.js';

/**
 * Checks that security schemes in headers name headers, that `x-credential` stands where it says something, and that
 * every scheme is demanded somewhere.
 */
export function checkCredentials({ document, places, locate }: SpecDocument): Problem[] {
  const problems: Problem[] = [];
  const used = new Set<string>();
  for (const { value, kind, pointer } of places) {
    if (!isObject(value)) continue;
    if (kind === 'securityRequirement') {
      for (const name of Object.keys(value))
        used.add(`#${joinPointer('/components/securitySchemes', name)}`);
      continue;
    }
    const isScheme = kind === 'securityScheme';
    if (isScheme && typeof value.$ref === 'string') {
      used.add(value.$ref);
      continue;
    }
    const { name } = value;
    const isHeader = isScheme && value.type === 'httpApiKey' && value.in === 'header';
    if (isHeader && typeof name === 'string' && !HEADER_NAME.test(name)) {
      problems.push(problem('name.header', { name }, locate(joinPointer(pointer, 'name'))));
    }
    const held = value['x-credential'];
    const reason = held === undefined ? undefined : misuse(member(held, 'kind'), name, isHeader);
    if (reason !== undefined) {
      const place = locate(joinPointer(pointer, 'x-credential'), 'key');
      problems.push(problem('extension.invalid', { extension: 'x-credential', reason }, place));
    }
  }
  const schemes = member(member(document, 'components'), 'securitySchemes');
  for (const name of isObject(schemes) ? Object.keys(schemes) : []) {
    const pointer = joinPointer('/components/securitySchemes', name);
    if (used.has(`#${pointer}`)) continue;
    problems.push(problem('security.unused', { name }, locate(pointer, 'key')));
  }
  return problems;
}

function misuse(kind: unknown, name: unknown, isHeader: boolean): string | undefined {
  if (!isHeader) {
    return 'says what a header holds: it stands on a security scheme of type "httpApiKey", in "header"';
  }
  if (kind === 'standard-webhooks' && !/signature$/i.test(String(name))) {
    return 'of Standard Webhooks stands on the header of the signature: its name must end in "signature"';
  }
  return undefined;
}
