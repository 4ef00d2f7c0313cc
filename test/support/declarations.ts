import ts from 'typescript-5';

const { SyntaxKind } = ts;
const declaring: ReadonlySet<ts.SyntaxKind> = new Set([
  SyntaxKind.InterfaceDeclaration,
  SyntaxKind.TypeAliasDeclaration,
  SyntaxKind.ImportDeclaration,
  SyntaxKind.ExportDeclaration,
]);

/** Lists what a declaration file holds besides declarations: faults of syntax, and statements that would run. */
export function otherThanDeclarations(name: string, text: string): string[] {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const { parseDiagnostics } = file as unknown as { parseDiagnostics: readonly ts.Diagnostic[] };
  const faults = parseDiagnostics.map(({ messageText }) =>
    ts.flattenDiagnosticMessageText(messageText, ' '),
  );
  const statements = file.statements
    .filter((statement) => !declaring.has(statement.kind) && !isDeclared(statement))
    .map((statement) => statement.getText());
  return [...faults, ...statements];
}

/** A function, variable or class that is declared only: without a body or a value. */
function isDeclared(statement: ts.Statement): boolean {
  if (ts.isFunctionDeclaration(statement)) return statement.body === undefined;
  if (!ts.isVariableStatement(statement)) return false;
  return statement.declarationList.declarations.every(
    ({ initializer }) => initializer === undefined,
  );
}
