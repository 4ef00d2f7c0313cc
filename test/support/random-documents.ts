import { readSpec, type SpecDocument } from '../../scripts/spec/read-spec.js';
import type { RandomSchema } from './random-schemas.js';
import { temporaryFolder } from './temporary-folder.js';

/** Reads a document of one message, `thing.happened`, with a payload schema and those that it refers to. */
export function documentOf({ payload, schemas }: RandomSchema): SpecDocument {
  const document = {
    asyncapi: '3.1.0',
    info: { title: 'Random', version: '1.0.0' },
    channels: { webhook: { address: null, messages: { 'thing.happened': { payload } } } },
    components: { schemas },
  };
  const cwd = temporaryFolder({ 'random.asyncapi.json': JSON.stringify(document) });
  const { spec, problems } = readSpec('random.asyncapi.json', { cwd });
  if (spec === undefined) throw new Error(JSON.stringify(problems));
  return spec;
}
