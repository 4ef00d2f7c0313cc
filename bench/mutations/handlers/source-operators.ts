import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript-5';

/** A fault in a source file: the text between two offsets is replaced. */
export interface SourceFault {
  readonly operator: string;
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Lists the faults that can be put into a file of the hub, whether or not they compile. */
export function sourceFaultsOf(folder: string, file: string): SourceFault[] {
  const text = readFileSync(join(folder, file), 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const faults: SourceFault[] = [];
  const add = (
    operator: string,
    node: { getStart(): number; getEnd(): number },
    replacement: string,
  ) => {
    faults.push({ operator, file, start: node.getStart(), end: node.getEnd(), text: replacement });
  };
  const words = wordsOf(source);
  const visit = (node: ts.Node): void => {
    // Types are gone when the code runs.
    if (
      ts.isTypeNode(node) ||
      ts.isInterfaceDeclaration(node) ||
      ts.isTypeAliasDeclaration(node) ||
      ts.isImportDeclaration(node)
    )
      return;
    if (ts.isPropertyAccessExpression(node) && !ts.isCallExpression(node.parent)) {
      for (const other of words.members)
        if (other !== node.name.text) add('read another member', node.name, other);
    }
    if (
      ts.isBindingElement(node) &&
      node.propertyName === undefined &&
      ts.isIdentifier(node.name) &&
      ts.isObjectBindingPattern(node.parent)
    ) {
      for (const other of words.members) {
        if (other !== node.name.text)
          add('read another member', node.name, `${other}: ${node.name.text}`);
      }
    }
    if (ts.isObjectLiteralExpression(node)) visitObject(node, add);
    if (ts.isArrayLiteralExpression(node)) swaps(node.elements, add);
    if (ts.isCallExpression(node)) swaps(node.arguments, add);
    if (ts.isExpressionStatement(node)) add('drop a write', node, ';');
    if (ts.isReturnStatement(node) && ts.isIfStatement(node.parent.parent))
      add('drop a write', node, ';');
    if (ts.isIfStatement(node))
      add('invert a condition', node.expression, `!(${node.expression.getText()})`);
    if (ts.isConditionalExpression(node)) {
      add('invert a condition', node.condition, `!(${node.condition.getText()})`);
    }
    if (ts.isBinaryExpression(node)) visitBinary(node, add);
    if (ts.isStringLiteral(node) && !isKey(node)) {
      const others = new Set([...words.texts, 'confirmed', 'cancelled', '', 'x']);
      for (const other of others)
        if (other !== node.text) add('change a constant', node, JSON.stringify(other));
    }
    if (ts.isNumericLiteral(node) && !isKey(node)) {
      const operator =
        file === 'server.ts' && Number(node.text) >= 200
          ? 'answer another status'
          : 'change a constant';
      for (const other of operator === 'change a constant'
        ? [Number(node.text) + 1, 0]
        : [200, 202, 400, 500]) {
        if (String(other) !== node.text) add(operator, node, String(other));
      }
    }
    if (node.kind === ts.SyntaxKind.TrueKeyword) add('change a constant', node, 'false');
    if (node.kind === ts.SyntaxKind.FalseKeyword) add('change a constant', node, 'true');
    if (node.kind === ts.SyntaxKind.NullKeyword) add('change a constant', node, 'undefined');
    if (ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node))
      visitSql(node, add);
    if (ts.isFunctionDeclaration(node) && node.body !== undefined)
      visitParameters(node, node.body, add);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...faults, ...namedFaults(file, text)];
}

type Add = (operator: string, node: { getStart(): number; getEnd(): number }, text: string) => void;

function visitObject({ properties }: ts.ObjectLiteralExpression, add: Add): void {
  const valued = properties.flatMap((one): ts.Node[] =>
    ts.isPropertyAssignment(one) ? [one.initializer] : [],
  );
  const isPlain = properties.every((one) => ts.isPropertyAssignment(one));
  if (isPlain) swaps(valued, add, 'swap two members');
  for (const [index, property] of properties.entries()) {
    const next = properties[index + 1];
    const end = next === undefined ? property.getEnd() : next.getStart();
    add('drop a write', { getStart: () => property.getStart(), getEnd: () => end }, '');
  }
}

/** Exchanges two neighbours, or two that are further apart. */
function swaps(nodes: readonly ts.Node[], add: Add, operator = 'swap two members'): void {
  for (const [index, one] of nodes.entries()) {
    for (const other of nodes.slice(index + 1)) {
      const between = other.getSourceFile().text.slice(one.getEnd(), other.getStart());
      const span = { getStart: () => one.getStart(), getEnd: () => other.getEnd() };
      add(operator, span, `${other.getText()}${between}${one.getText()}`);
    }
  }
}

function visitBinary(node: ts.BinaryExpression, add: Add): void {
  const others: Readonly<Record<string, readonly [operator: string, texts: readonly string[]]>> = {
    '===': ['invert a condition', ['!==']],
    '!==': ['invert a condition', ['===']],
    '&&': ['invert a condition', ['||']],
    '||': ['invert a condition', ['&&']],
    '+': ['change a calculation', ['-']],
    '*': ['change a calculation', ['/', '+']],
  };
  const [operator, texts] = others[node.operatorToken.getText()] ?? [undefined, []];
  for (const text of texts) if (operator !== undefined) add(operator, node.operatorToken, text);
  if (node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken) {
    add('throw on null', node, `${node.left.getText()}!`);
    add('throw on null', node.right, '(() => { throw new TypeError("none"); })()');
  }
}

/** SQL stands in the templates: other names of columns and tables, and less to be written. */
function visitSql(node: ts.Node, add: Add): void {
  const text = node.getText();
  const whole = { getStart: () => node.getStart(), getEnd: () => node.getEnd() };
  for (const [wrong, right] of [
    [/ >= /, ' > '],
    [/ >= /, ' <= '],
    [/notices \+ 1/, 'notices'],
    [/excluded\.reason/, 'to_fetch.reason'],
    [/excluded\.merchant_id/, 'to_fetch.merchant_id'],
    [/DO NOTHING/, 'DO UPDATE SET changed = 0'],
    [/excluded\.is_available/, 'products.is_available'],
    [/excluded\.touched_by/, 'touched_slots.touched_by'],
    [/excluded\.party_size/, 'touched_slots.party_size'],
    [/excluded\.changed\n/, 'products.changed\n'],
    [/ IS NULL OR /, ' IS NULL AND '],
  ] as const) {
    if (wrong.test(text)) add('drop a write', whole, text.replace(wrong, right));
  }
  for (const provider of ['mews', 'guest', 'mozrest', 'quandoo']) {
    if (text.includes(`'${provider}'`))
      add('change a constant', whole, text.replace(`'${provider}'`, "'other'"));
  }
}

function visitParameters({ parameters }: ts.FunctionDeclaration, body: ts.Block, add: Add): void {
  const names = parameters.flatMap(({ name }) =>
    ts.isIdentifier(name)
      ? [name.text]
      : ts.isObjectBindingPattern(name)
        ? name.elements.flatMap((element) =>
            ts.isIdentifier(element.name) ? [element.name.text] : [],
          )
        : [],
  );
  const inside = { getStart: () => body.getStart() + 1, getEnd: () => body.getStart() + 1 };
  for (const name of names) {
    add('throw on null', inside, ` if (${name} === null) throw new TypeError('null');`);
    add('throw on null', inside, ` if (${name} === undefined) throw new TypeError('none');`);
  }
  for (const statement of body.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    const [declaration] = statement.declarationList.declarations;
    const after = { getStart: () => statement.getEnd(), getEnd: () => statement.getEnd() };
    const pattern = declaration?.name;
    if (pattern === undefined || !ts.isObjectBindingPattern(pattern)) continue;
    for (const element of pattern.elements) {
      if (!ts.isIdentifier(element.name)) continue;
      const { text: name } = element.name;
      add(
        'throw on null',
        after,
        ` if (${name} === null || ${name} === undefined) throw new TypeError('null');`,
      );
    }
  }
}

/** Faults that no operator on the syntax makes: credentials that are not asked for, and other answers. */
function namedFaults(file: string, text: string): SourceFault[] {
  const replace = (operator: string, from: string, to: string): SourceFault[] => {
    const start = text.indexOf(from);
    return start < 0 ? [] : [{ operator, file, start, end: start + from.length, text: to }];
  };
  const anyone = ['mozrest', 'quandoo', 'mews', 'eRes'].flatMap((name) =>
    replace(
      'accept without credentials',
      `${name}.receiver(options.${name})`,
      `${name}.receiver({ dangerouslyAcceptUnauthenticated: true })`,
    ),
  );
  const answer = 'else void listener(request, response);';
  const answers = [
    ...[200, 202, 204, 401, 500].map((status) => `else response.writeHead(${status}).end();`),
    ...[201, 202, 204, 302, 500].map(
      (status) =>
        `else { const head = response.writeHead.bind(response) as (...given: unknown[]) => typeof response; response.writeHead = ((_: number, ...rest: unknown[]) => head(${status}, ...rest)) as never; void listener(request, response); }`,
    ),
    `else { response.writeHead(200).end(); void listener(request, Object.create(response)); }`,
  ];
  return [...anyone, ...answers.flatMap((to) => replace('answer another status', answer, to))];
}

/** Keys are changed by dropping and swapping. */
function isKey(node: ts.Node): boolean {
  return (
    (ts.isPropertyAssignment(node.parent) && node.parent.name === node) ||
    ts.isLiteralTypeNode(node.parent) ||
    ts.isElementAccessExpression(node.parent)
  );
}

/** Collects the names of members and the texts that a file uses; what fits where is left to the type checker. */
function wordsOf(source: ts.SourceFile): { members: string[]; texts: string[] } {
  const members = new Set<string>(EXTRA_MEMBERS);
  const texts = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return;
    if (ts.isPropertyAccessExpression(node)) members.add(node.name.text);
    if (ts.isBindingElement(node) && ts.isIdentifier(node.name)) members.add(node.name.text);
    if (ts.isStringLiteral(node)) texts.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { members: [...members], texts: [...texts] };
}

/** Members of the messages that lie beside those that the hub reads. */
const EXTRA_MEMBERS = [
  'appCustomer_id',
  'rsvInvoiceStatus',
  'roomTypeUse_id_fk',
  'reference',
  'created',
  'meal_name',
  'firstname',
  'phone',
  'amount_spend',
  'wheelchair',
  'web',
  'walkin',
  'notes',
  'tables',
  'type',
  'customer',
  'reservation',
  'merchant',
];
