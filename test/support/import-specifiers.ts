import ts from 'typescript-5';

/** Lists what a module's text imports: statically, with `import()` and `require()`, and in types. */
export function importSpecifiers(code: string): string[] {
  const { importedFiles, referencedFiles, typeReferenceDirectives } = ts.preProcessFile(
    code,
    true,
    true,
  );
  return [...importedFiles, ...referencedFiles, ...typeReferenceDirectives].map(
    ({ fileName }) => fileName,
  );
}
