import {
  type CheckedMessage,
  type CheckResult,
  createCheck,
  type HeadersLike,
  judgeOf,
} from '../generate/runtime/check.js';
import type { Json, Schema } from '../spec/model.js';
import type { SpecDocument } from '../spec/read-spec.js';
import { type Definitions, definitionsOf } from './definitions.js';
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
  /** Returns the validator of a schema of the document. */
  readonly validatorOf: (schema: Json) => Validator;
}

/** Returns how validators are made of a spec's schemas, and of schemas made of them, by their definitions. */
export function validatorsOf({ definitions, copyOf }: Definitions): (schema: Json) => Validator {
  const interpret = interpreterOf(definitions);
  return (schema) => interpret(copyOf(schema));
}

/** Makes a spec's validators in memory, never from `generated/`. */
export function createJudge({ spec, document }: SpecDocument): Judge {
  const definitions = definitionsOf(spec);
  const validatorOf = validatorsOf(definitions);
  const validator = (schema: Schema | undefined) =>
    schema === undefined ? undefined : validatorOf({ $ref: `#${schema.pointer}` });
  const messages = spec.messages.map((message) => ({
    name: message.name,
    payload: validator(message.payload),
    headers: validator(message.headers),
    headerNames: headerNames(document, message.headers),
  }));
  return {
    check: createCheck(
      judgeOf(messages, selectionOf(spec, document), { isDeep: definitions.isDeep }),
    ),
    messages,
    validatorOf,
  };
}
