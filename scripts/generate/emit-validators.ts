import { standaloneCode } from '../spec/ajv.js';
import { ajvFor, definitionsOf } from '../spec/compile.js';
import type { Schema } from '../spec/model.js';
import type { SpecDocument } from '../spec/read-spec.js';
import { Code } from './code.js';

/** The validators of a spec as one module, and the name under which it exports each schema's. */
export interface Validators {
  readonly code: Code;
  readonly exportOf: (schema: Schema) => string;
  /** Whether payloads must be checked for depth before they are validated. */
  readonly isDeep: boolean;
}

/**
 * Emits `validators.js`: Ajv's standalone code for every payload and headers schema, with what Ajv would
 * import at run time replaced by the two files beside it.
 * https://ajv.js.org/standalone.html
 */
export function emitValidators({ spec }: SpecDocument): Validators {
  const definitions = definitionsOf(spec);
  const exported = new Map<string, string>();
  for (const schema of spec.messages.flatMap(({ payload, headers }) => [payload, headers])) {
    if (schema !== undefined) exported.set(schema.pointer, `judge${spec.schemas.indexOf(schema)}`);
  }
  const exportOf = ({ pointer }: Schema): string => {
    const name = exported.get(pointer);
    if (name === undefined) throw new Error(`no validator was made for ${pointer}`);
    return name;
  };
  const keys = Object.fromEntries(
    spec.schemas
      .filter(({ pointer }) => exported.has(pointer))
      .map((schema) => [exportOf(schema), definitions.keyOf(schema)]),
  );
  const ajv = ajvFor(definitions, { source: true });
  const text = exported.size === 0 ? '' : standaloneCode(ajv, keys);
  return { code: Code.trusted(withImports(text)), exportOf, isDeep: definitions.isDeep };
}

const LENGTH = 'require("ajv/dist/runtime/ucs2length").default';

function withImports(text: string): string {
  const body = withoutUnused(
    text
      .replace(/^"use strict";\s*/, '')
      .replaceAll(LENGTH, 'codePoints')
      // Formats of numbers are objects to Ajv, and plain functions in the file beside this one.
      .replace(/\b(formats\d+)\.validate\(/g, '$1('),
  );
  if (/=\s*require\(/.test(body)) throw new Error('Ajv wants a module that is not emitted');
  const imports = ['codePoints', 'equal', 'unique'].filter((name) =>
    new RegExp(`= ${name};`).test(body),
  );
  return [
    ...(/= formats[.[]/.test(body) ? ["import { formats } from './formats.js';"] : []),
    ...(imports.length === 0 ? [] : [`import { ${imports.join(', ')} } from './values.js';`]),
    '',
    body,
  ].join('\n');
}

/** Drops the copies of schemas that Ajv writes for each validator and nothing refers to. */
function withoutUnused(text: string): string {
  return text.replace(/^const (schema\d+) = .*;\n/gm, (line, name: string) =>
    new RegExp(`\\b${name}\\b`).test(text.replace(line, '')) ? line : '',
  );
}
