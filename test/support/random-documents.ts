import { readSpec, type SpecDocument } from '../../scripts/spec/read-spec.js';
import type { RandomSchema } from './random-schemas.js';
import { temporaryFolder } from './temporary-folder.js';

/**
 * Reads a document of one message, `thing.happened`, with a payload schema and those that it refers to; or of several, the
 * others called `thing.happened.1` and so on.
 */
export function documentOf(...payloads: readonly RandomSchema[]): SpecDocument {
  const messages = payloads.map(({ payload }, index): [string, object] => [
    `thing.happened${index === 0 ? '' : `.${index}`}`,
    { payload },
  ]);
  const document = {
    asyncapi: '3.1.0',
    info: { title: 'Random', version: '1.0.0' },
    channels: { webhook: { address: null, messages: Object.fromEntries(messages) } },
    components: { schemas: Object.assign({}, ...payloads.map(({ schemas }) => schemas)) },
  };
  const cwd = temporaryFolder({ 'random.asyncapi.json': JSON.stringify(document) });
  const { spec, problems } = readSpec('random.asyncapi.json', { cwd });
  if (spec === undefined) throw new Error(JSON.stringify(problems));
  return spec;
}
