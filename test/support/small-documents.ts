/** Writes the smallest document whose one message has this payload schema, given as JSON or YAML in one line. */
export function documentWith(payload: string, name = 'thing.happened'): string {
  return `asyncapi: 3.1.0
info: { title: Small, version: 1.0.0 }
channels:
  webhook:
    address: null
    messages:
      thing:
        name: ${name}
        payload: ${payload}
`;
}

/** A document of one message: an object with a text. */
export const goodDocument = documentWith(
  '{ type: object, required: [id], properties: { id: { type: string }, note: { type: string } } }',
);

/** Writes a document with a given number of problems. */
export function manyProblems(count: number): string {
  const members = Array.from({ length: count }, (_, index) => `p${index}: { format: none }`);
  return documentWith(`{ type: object, properties: { ${members.join(', ')} } }`);
}
