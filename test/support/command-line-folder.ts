import { documentWith, goodDocument, manyProblems } from './small-documents.js';
import { temporaryFolder } from './temporary-folder.js';

const warned = documentWith('{ type: object, properties: { id: { type: string, default: 1 } } }');
const broken = goodDocument.replace('type: string }, note', 'type: sting }, note');
/**
 * Makes a folder with documents of every kind (good, with a warning, broken, of another format) and bodies, for
 * runs of the command line.
 */
export function commandLineFolder(): string {
  return temporaryFolder({
    'good.asyncapi.yaml': goodDocument,
    'warned.asyncapi.yaml': warned,
    'broken.asyncapi.yaml': broken,
    'colon.asyncapi.yaml': 'asyncapi: 3.1.0\ninfo: { title: a: b }\n',
    'many.asyncapi.yaml': manyProblems(1_000),
    'openapi.yaml': 'openapi: 3.1.0\ninfo: { title: a, version: "1" }\npaths: {}\n',
    'old.asyncapi.yaml': goodDocument.replace('3.1.0', '1.2.0'),
    'reference.asyncapi.yaml': documentWith('{ $ref: "#/components/schemas/Gone" }'),
    'empty/notes.txt': '',
    'body.json': '{"id": "1"}',
    'wrong.json': '{\n  "id": 1\n}',
    'text.json': 'id=1',
    'configured/specs/good.asyncapi.yaml': goodDocument,
    'configured/webhook-contracts.json': '{ "lint": { "requireSource": true } }',
  });
}
