import { type Location, type Problem, problem } from '../problems/problem.js';

/**
 * Compares a pact's content type with the document's; one that the pact leaves out is the document's. Parameters count
 * only where the document states them.
 */
export function checkContentType(
  found: string | undefined,
  stated: string | undefined,
  ...places: readonly Location[]
): Problem[] {
  if (found === undefined || stated === undefined) return [];
  const [type, ...parameters] = normalized(found);
  const [expected, ...asked] = normalized(stated);
  const agree = type === expected && asked.every((parameter) => parameters.includes(parameter));
  return agree ? [] : [problem('pact.content-type', { expected: stated, found }, ...places)];
}

/** https://www.rfc-editor.org/rfc/rfc9110#section-8.3.1 */
function normalized(contentType: string): string[] {
  return contentType.split(';').map((part) => part.trim().toLowerCase().replace(/"/g, ''));
}
