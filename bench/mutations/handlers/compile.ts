import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript-5';
import { root } from '../../../test/support/repository.js';
import type { SourceFault } from './source-operators.js';

/** Makes a check of whether a file of a folder compiles with another text; only what does is a mutant. */
export function compilerOf(
  folder: string,
  files: readonly string[],
): (file: string, text: string) => boolean {
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
  const texts = new Map<string, string>();
  const versions = new Map<string, number>();
  const host: ts.LanguageServiceHost = {
    getCompilationSettings: () => ({ ...options, noUnusedLocals: false }),
    getScriptFileNames: () => files.map((file) => join(folder, file)),
    getScriptVersion: (file) => String(versions.get(file) ?? 0),
    getScriptSnapshot: (file) => {
      const text = texts.get(file) ?? ts.sys.readFile(file);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  };
  const service = ts.createLanguageService(host);
  const set = (file: string, text: string | undefined) => {
    if (text === undefined) texts.delete(file);
    else texts.set(file, text);
    versions.set(file, (versions.get(file) ?? 0) + 1);
  };
  const isClean = (file: string) =>
    service.getSyntacticDiagnostics(file).length === 0 &&
    service.getSemanticDiagnostics(file).length === 0;
  return (name, text) => {
    const file = join(folder, name);
    set(file, text);
    const compiles = isClean(file);
    set(file, undefined);
    return compiles;
  };
}

/** Returns the text of a file with a fault in it. */
export function withFault(folder: string, { file, start, end, text }: SourceFault): string {
  const original = readFileSync(join(folder, file), 'utf8');
  return `${original.slice(0, start)}${text}${original.slice(end)}`;
}

/** Says where a fault is, and what was made of what. */
export function describeFault(folder: string, { file, start, end, text }: SourceFault): string {
  const original = readFileSync(join(folder, file), 'utf8');
  const line = original.slice(0, start).split('\n').length;
  const short = (words: string) => words.replaceAll(/\s+/g, ' ').trim().slice(0, 90);
  return `${file}:${line} ${short(original.slice(start, end)) || 'nothing'} -> ${short(text) || 'nothing'}`;
}
