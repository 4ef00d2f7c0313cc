import type { Identifier } from '../../generate/code.js';
import type { Names } from '../../generate/names.js';
import type { Message, Schema, Spec } from '../../spec/model.js';
import type { SpecDocument } from '../../spec/read-spec.js';
import type { Inline, Target } from '../content.js';
import type { PactView } from '../pacts.js';
import type { ExampleRequests } from './example-request.js';
import type { FieldContext } from './fields.js';

/** What the parts of a provider's pages are made with. */
export interface ProviderContext {
  readonly read: SpecDocument;
  readonly spec: Spec;
  readonly names: Names;
  readonly typeText: (name: Identifier) => string;
  readonly requests: ExampleRequests;
  readonly pacts: PactView;
  readonly fields: Omit<FieldContext, 'idOf' | 'consumersOf'>;
  /** The schemas that have a section of their own: those that others refer to, and those that no message holds. */
  readonly sharedSchemas: readonly Schema[];
  readonly messageId: (message: Message) => string;
  readonly messageTarget: (message: Message) => Target;
  readonly schemaId: (schema: Schema) => string;
  readonly channelId: (key: string) => string;
  readonly channelLink: (key: string) => Inline;
  /** The JSON Schema of each payload, by its pointer: a file and its text. */
  readonly schemaFiles: ReadonlyMap<string, readonly [file: string, text: string]>;
  /** Whether a payload is that of several messages. */
  readonly isRepeated: (payload: Schema) => boolean;
}
