import { HEADER_NAME } from '../generate/runtime/credentials.js';
import { type Problem, problem } from '../problems/problem.js';
import { walk } from '../spec/grammar.js';
import { joinPointer } from '../spec/json-pointer.js';
import { isObject, type JsonObject, type Locate, member } from '../spec/positions.js';

/** Checks that security schemes in headers name headers, and that `x-credential` stands where it says something. */
export function checkCredentials(document: JsonObject, locate: Locate): Problem[] {
  const problems: Problem[] = [];
  walk(document, ({ value, kind, pointer }) => {
    if (kind !== 'securityScheme' || !isObject(value) || value.$ref !== undefined) return;
    const { name } = value;
    const isHeader = value.type === 'httpApiKey' && value.in === 'header';
    if (isHeader && typeof name === 'string' && !HEADER_NAME.test(name)) {
      problems.push(problem('name.header', { name }, locate(joinPointer(pointer, 'name'))));
    }
    const held = value['x-credential'];
    const reason = held === undefined ? undefined : misuse(member(held, 'kind'), name, isHeader);
    if (reason !== undefined) {
      const place = locate(joinPointer(pointer, 'x-credential'), 'key');
      problems.push(problem('extension.invalid', { extension: 'x-credential', reason }, place));
    }
  });
  return problems;
}

function misuse(kind: unknown, name: unknown, isHeader: boolean): string | undefined {
  if (!isHeader) return 'says what a header holds: the scheme must be "httpApiKey", in "header"';
  if (kind === 'standard-webhooks' && !/signature$/i.test(String(name))) {
    return 'of Standard Webhooks stands on the header of the signature: its name must end in "signature"';
  }
  return undefined;
}
