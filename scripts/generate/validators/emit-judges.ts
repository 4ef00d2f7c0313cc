import { knownFormats } from '../../spec/formats.js';
import type { JsonObject } from '../../spec/model.js';
import { separateBranches } from './branches.js';
import { costlyDefinitions } from './costly-definitions.js';
import { judgeWriter } from './write-judge.js';
import { isPlain, JUDGE, runtimeNames } from './writing.js';

/** A module of functions that judge values, and the files of `runtime/` that it needs. */
export interface Judges {
  readonly text: string;
  readonly runtimeFiles: readonly string[];
}

/**
 * Writes a module with a function for every definition that leads from `entries`, each once. A function takes a value
 * and its place, a JSON Pointer; it tells whether the value fits, and keeps what is wrong. Those of `entries` are
 * exported. `nameOf` names the function of a definition by its token; those of its branches are numbered.
 */
export function emitJudges(
  definitions: JsonObject,
  entries: readonly string[],
  nameOf: (token: string) => string,
): Judges {
  const writer = judgeWriter();
  const exported = new Set(entries);
  const schemas = separateBranches(definitions, entries, isPlain);
  const costly = costlyDefinitions(schemas, 'value and parts');
  const costlyForScalars = costlyDefinitions(schemas, 'value');
  // Named one by one: there may be hundreds of thousands of names in all.
  const named = (text: string) =>
    text.replace(NAMED, (found, token, branch, call) => {
      if (token === undefined) return found;
      if (branch !== undefined) return `${nameOf(token)}$${branch}${call ?? ''}`;
      if (call === undefined) return nameOf(token);
      if (costlyForScalars.has(token)) return `onceOfAny(${nameOf(token)}, `;
      return costly.has(token) ? `once(${nameOf(token)}, ` : `${nameOf(token)}(`;
    });
  const functions = [...schemas].map(([token, schema]) =>
    named(`${exported.has(token) ? 'export ' : ''}${writer.write(token, schema)}`),
  );
  const constants = [...writer.constants]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, text]) => named(`const ${name} = ${text};`));
  const statements = [...constants, ...functions];
  const imports = new Map(statements.flatMap(importsOf));
  const names = [...imports.keys()].sort().join(', ');
  return {
    text: `${names === '' ? '' : `import { ${names} } from './runtime.js';\n`}\n${statements.join('\n')}\n`,
    runtimeFiles: [...new Set(imports.values())].sort(),
  };
}

/** Names of functions, outside of strings, and whether they are called there. */
const NAMED = new RegExp(
  `"(?:[^"\\\\]|\\\\.)*"|\\b${JUDGE}([a-z0-9]+)(?:_(\\d+))?\\b((?<!function \\w+)\\()?`,
  'g',
);

/** The file of each function of `runtime/` that code may call. */
const files: ReadonlyMap<string, string> = new Map([
  ...Object.entries(runtimeNames),
  ...Object.values(knownFormats).map(({ name, file }) => [name, file] as const),
]);

/** Finds the functions of `runtime/` that code calls, and the file of each. */
function importsOf(text: string): [name: string, file: string][] {
  const called = new Set(Array.from(text.matchAll(CALLED), ([, name = '']) => name));
  return [...called].flatMap((name) => {
    const file = files.get(name);
    return file === undefined ? [] : [[name, file]];
  });
}

const CALLED = /"(?:[^"\\]|\\.)*"|(?<![.\w$])(\w+)\(/g;
