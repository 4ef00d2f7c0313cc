import { definitionsOf } from '../../judge/definitions.js';
import { isReference } from '../../spec/grammar.js';
import type { Schema } from '../../spec/model.js';
import type { SpecDocument } from '../../spec/read-spec.js';
import { Code } from '../code.js';
import type { Names } from '../names.js';
import { emitJudges } from './emit-judges.js';

/** The validators of a spec as one module, and the name under which it exports each schema's. */
export interface Validators {
  readonly code: Code;
  readonly exportOf: (schema: Schema) => string;
  /** Whether payloads must be checked for depth before they are validated. */
  readonly isDeep: boolean;
  /** The files of `runtime/` that the module needs. */
  readonly runtimeFiles: readonly string[];
}

/** Emits `validators.js`: a function for every payload and headers schema, and for all that they refer to. */
export function emitValidators({ spec }: SpecDocument, names: Names): Validators {
  const { tokenOf, definitions, isDeep } = definitionsOf(spec);
  const judged = spec.messages
    .flatMap(({ payload, headers }) => [payload, headers])
    .filter((schema) => schema !== undefined);
  const entries = [...new Set(judged.map(tokenOf))];
  const named = new Map(
    spec.schemas
      .filter(({ json }) => !isReference(json))
      .map((schema) => [tokenOf(schema), names.schema(schema)] as const),
  );
  const nameOf = (token: string) => `judge${named.get(token) ?? `$${token}`}`;
  const { text, runtimeFiles } = emitJudges(definitions, entries, nameOf);
  return {
    code: Code.trusted(text),
    exportOf: (schema) => nameOf(tokenOf(schema)),
    isDeep,
    runtimeFiles,
  };
}
