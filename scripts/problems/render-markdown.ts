import { count, explain, type Findings } from './findings.js';
import type { Location, Problem } from './problem.js';
import { figureColumns, type Table } from './table.js';
import { visible } from './visible.js';

/** A comment on a pull request takes 65,536 characters. */
const LIMIT = 60_000;
const CELL_LIMIT = 1_000;

/**
 * Writes findings as a Markdown summary for a pull request: whether all is well, and the problems as a table.
 * Text from outside can bring in no markup, link, mention or reference. What would be too long for a comment
 * is cut, and the summary says so.
 */
export function renderMarkdown(findings: Findings): string {
  const { command, ok, problems, summary = '', table, cannotRun } = findings;
  const verdict = cannotRun !== undefined ? 'could not run' : ok ? 'ok' : 'not ok';
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const parts = [
    `### webhook-contracts ${command}: ${verdict}`,
    ...(cannotRun === undefined ? [] : [prose(cannotRun)]),
    ...(problems.length === 0
      ? []
      : [`${count(errors, 'error')}, ${count(problems.length - errors, 'warning')}.`]),
    ...(summary === '' ? [] : [prose(summary)]),
    ...(problems.length === 0 ? [] : [markdownTable(problemsTable(problems), LIMIT / 2)]),
    ...(table === undefined ? [] : untold(table).map((one) => markdownTable(one, LIMIT / 2))),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** Leaves out the rows that problems tell already, and a table of which nothing is left. */
function untold(table: Table): Table[] {
  const rows = table.rows.filter((row) => table.told?.has(row) !== true);
  return table.told !== undefined && rows.length === 0 ? [] : [{ header: table.header, rows }];
}

/** A table whose cells are Markdown already. */
interface Cells extends Table {
  readonly safe: true;
}

function problemsTable(problems: readonly Problem[]): Cells {
  const rows = problems.map((one) => {
    const [first, ...others] = one.locations.map(placeOf);
    const words = [...explain(one).map(sayLine), ...others.map((other) => `see also: ${other}`)];
    return [one.severity, first ?? '', code(one.code), words.join('<br>')];
  });
  return { header: ['severity', 'place', 'code', 'problem'], rows, safe: true };
}

function markdownTable(table: Table | Cells, limit: number): string {
  const lineOf = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rows = 'safe' in table ? table.rows : table.rows.map((row) => row.map(prose));
  const rule = figureColumns(table).map((figures) => (figures ? '--:' : '---'));
  const lines = [lineOf('safe' in table ? table.header : table.header.map(prose)), lineOf(rule)];
  let length = 0;
  let shown = 0;
  for (const line of rows.map(lineOf)) {
    length += line.length;
    if (length > limit) break;
    lines.push(line);
    shown += 1;
  }
  const left = rows.length - shown;
  return [...lines, ...(left === 0 ? [] : ['', `${count(left, 'row')} more not shown.`])].join(
    '\n',
  );
}

const placeOf = ({ file, line, column }: Location): string => code(`${file}:${line}:${column}`);

/** Writes a line about a problem; a command to run stands in one code span. */
function sayLine(line: string): string {
  const [, label, command] = /^(to mend it: run: )(.+)$/.exec(line) ?? [];
  return label === undefined || command === undefined ? prose(line) : `${label}${code(command)}`;
}

/** A word that means nothing to Markdown, nor to what GitHub looks for in text. */
const PLAIN = /^\(?(?:[A-Z]?[a-z]+(?:['’][a-z]+)?|[A-Z]{1,8}|\d{1,6})\)?[.,;:!?]?$/;

/**
 * Writes a sentence: words in plain letters stay, anything else, and what is quoted, stands in code spans. Inside a code
 * span nothing is markup, and GitHub looks for no mention, link or reference; escapes would not stop all of that.
 */
function prose(sentence: string): string {
  const parts: { plain: boolean; words: string[] }[] = [];
  for (const [word] of cut(sentence).matchAll(/(?:"(?:[^"\\]|\\.)*"|[^ ])+/gu)) {
    const plain = PLAIN.test(word);
    const last = parts.at(-1);
    if (last?.plain === plain) last.words.push(word);
    else parts.push({ plain, words: [word] });
  }
  return parts
    .map(({ plain, words }) => {
      const text = words.join(' ');
      if (plain) return text;
      const [, before = '', mark = ''] = /^(.+?)([.,;:]?)$/.exec(text) ?? [];
      return `${code(before)}${mark}`;
    })
    .filter((part) => part !== '')
    .join(' ');
}

/** Writes a code span whose fence is longer than any run of backticks in it, fit for a cell of a table. */
function code(text: string): string {
  const shown = cut(text).trim();
  if (shown === '') return '';
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  const space = longest === 0 ? '' : ' ';
  // A table takes a backslash and | for a plain |; with two backslashes, readers of Markdown differ.
  const inCell = shown.replace(/(\\?)\|/g, (_, before) => (before === '' ? '\\|' : '\\\\u{7c}'));
  return `${fence}${space}${inCell}${space}${fence}`;
}

function cut(text: string): string {
  const safe = visible(text);
  return safe.length > CELL_LIMIT ? `${safe.slice(0, CELL_LIMIT).toWellFormed()}…` : safe;
}
