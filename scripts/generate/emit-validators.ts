import { ajvFor, definitionsOf } from '../judge/compile.js';
import { standaloneCode } from '../spec/ajv.js';
import { type KnownFormat, knownFormats } from '../spec/formats.js';
import type { Schema } from '../spec/model.js';
import type { SpecDocument } from '../spec/read-spec.js';
import { Code } from './code.js';

/** The validators of a spec as one module, and the name under which it exports each schema's. */
export interface Validators {
  readonly code: Code;
  readonly exportOf: (schema: Schema) => string;
  /** Whether payloads must be checked for depth before they are validated. */
  readonly isDeep: boolean;
  /** The files of `runtime/` that the module needs. */
  readonly runtimeFiles: readonly string[];
}

/**
 * Emits `validators.js`: Ajv's standalone code for every payload and headers schema, with what Ajv would
 * import at run time replaced by imports from `runtime.js`.
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
  const { body, imports } = selfContained(text);
  const names = [...imports.values()].flatMap((found) => [...found]).sort();
  const imported =
    names.length === 0 ? '' : `import { ${names.join(', ')} } from './runtime.js';\n`;
  return {
    code: Code.trusted(`${imported}\n${body}`),
    exportOf,
    isDeep: definitions.isDeep,
    runtimeFiles: [...imports.keys()].sort(),
  };
}

const CODE_POINTS = 'require("ajv/dist/runtime/ucs2length").default';

/**
 * Replaces what Ajv would load at run time by imports from `runtime.js`, and drops the copies of
 * schemas that nothing refers to. Ajv writes each declaration on a line of its own, and line breaks inside
 * strings escaped: a line that begins with one of these declarations is one.
 */
function selfContained(text: string): { body: string; imports: Map<string, Set<string>> } {
  const imports = new Map<string, Set<string>>();
  const from = (file: string, name: string): string => {
    imports.set(file, (imports.get(file) ?? new Set()).add(name));
    return name;
  };
  const uses = countNames(text);
  const lines = text.split('\n').flatMap((line) => {
    const [, start = '', variable = '', value = ''] = /^(const (\w+) = )(.*);$/.exec(line) ?? [];
    if (line === '"use strict";') return [];
    if (variable.startsWith('schema') && uses.get(variable) === 1) return [];
    if (value === CODE_POINTS) return [`${start}${from('values.js', 'codePoints')};`];
    if (['equal', 'unique', 'isMultiple'].includes(value))
      return [`${start}${from('values.js', value)};`];
    if (value.startsWith('require(')) throw new Error(`Ajv wants ${value}, which is not emitted`);
    const format = variable.startsWith('formats') ? formatOf(value) : undefined;
    return [format === undefined ? line : `${start}${from(format.file, format.name)};`];
  });
  // Formats of numbers are objects to Ajv, and functions here; strings are matched so that nothing in them is.
  const body = lines
    .join('\n')
    .replace(/"(?:[^"\\]|\\.)*"|\b(formats\d+)\.validate\(/g, (found, name: string | undefined) =>
      name === undefined ? found : `${name}(`,
    );
  return { body, imports };
}

function formatOf(value: string): KnownFormat {
  const name = /^formats(?:\.(\w+)|\["([\w-]+)"\])$/.exec(value);
  const format = knownFormats[name?.[1] ?? name?.[2] ?? ''];
  if (format === undefined) throw new Error(`no file holds the format ${value}`);
  return format;
}

/** Counts how often each copy of a schema is named. */
function countNames(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [name] of text.matchAll(/\bschema\d+\b/g))
    counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
