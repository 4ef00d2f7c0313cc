import { type Location, type Problem, problem } from '../problems/problem.js';

/**
 * Compares a pact's content type with the document's; one that the pact leaves out is the document's. A parameter counts
 * where both state it.
 */
export function checkContentType(
  found: string | undefined,
  stated: string | undefined,
  ...places: readonly Location[]
): Problem[] {
  if (found === undefined || stated === undefined || isSameMediaType(found, stated)) return [];
  return [problem('pact.content-type', { expected: stated, found }, ...places)];
}

/** Tells whether two media types are the same; a parameter counts where both state it. */
export function isSameMediaType(first: string, second: string): boolean {
  const [one, other] = [readMediaType(first), readMediaType(second)];
  const differs = [...one.parameters].some(([name, value]) => {
    const expected = other.parameters.get(name);
    return expected !== undefined && expected !== value;
  });
  return one.type === other.type && !differs;
}

/**
 * Reads a media type: its type and its parameters by their names, in lower case but for values other than a charset's.
 * https://www.rfc-editor.org/rfc/rfc9110#section-8.3.1
 */
function readMediaType(text: string): { type: string; parameters: Map<string, string> } {
  const [type = '', ...rest] = text.split(';').map((part) => part.trim());
  const parameters = rest.map((part): [string, string] => {
    const [name = '', ...value] = part.split('=');
    const held = value
      .join('=')
      .trim()
      .replace(/^"(.*)"$/, '$1');
    const key = name.trim().toLowerCase();
    return [key, key === 'charset' ? held.toLowerCase().replace(/^utf8$/, 'utf-8') : held];
  });
  return { type: type.toLowerCase(), parameters: new Map(parameters) };
}
