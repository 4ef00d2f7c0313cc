import {
  type CheckedMessage,
  type CheckResult,
  createCheck,
  type HeadersLike,
  judgeOf,
} from '../generate/runtime/check.js';
import type { Json, Schema } from '../spec/model.js';
import type { SpecDocument } from '../spec/read-spec.js';
import { definitionsOf } from './definitions.js';
import { headerNames } from './header-names.js';
import { interpreterOf, type Validator } from './interpret.js';
import { selectionOf } from './selection.js';

/** Judges deliveries by a spec: the same verdicts as the generated code, without compiling. */
export interface Judge {
  /**
   * Finds the message of a delivery and judges payload and headers; headers that are undefined are not
   * judged. `only` names the message to judge by. Never throws.
   */
  readonly check: (payload: unknown, headers?: HeadersLike, only?: string) => CheckResult;
  /** The messages with their validators, in the spec's order. */
  readonly messages: readonly CheckedMessage[];
  /** Returns the validator of a schema of the document, or of one made of such. */
  readonly validatorOf: (schema: Json) => Validator;
}

const judges = new WeakMap<SpecDocument, Judge>();

/** Makes a spec's validators in memory, never from `generated/`; those of one document once. */
export function createJudge(read: SpecDocument): Judge {
  const judge = judges.get(read) ?? makeJudge(read);
  judges.set(read, judge);
  return judge;
}

function makeJudge({ spec, document }: SpecDocument): Judge {
  const { definitions, copyOf, isDeep } = definitionsOf(spec);
  const interpret = interpreterOf(definitions);
  const validatorOf = (schema: Json) => interpret(copyOf(schema));
  const validator = (schema: Schema | undefined) =>
    schema === undefined ? undefined : validatorOf({ $ref: `#${schema.pointer}` });
  const messages = spec.messages.map((message) => ({
    name: message.name,
    payload: validator(message.payload),
    headers: validator(message.headers),
    headerNames: headerNames(document, message.headers),
  }));
  return {
    check: createCheck(judgeOf(messages, selectionOf(spec, document), { isDeep })),
    messages,
    validatorOf,
  };
}
