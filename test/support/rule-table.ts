import { type Rule, rules } from '../../scripts/compare/rules.js';
import { diffCases } from './diff-cases.js';

/** Whom a verdict breaks, in a word. */
const WORDS = {
  'breaks consumers': 'consumers',
  'breaks producers': 'producers',
  'breaks neither': 'nobody',
  "can't be judged": '?',
} as const;

const PLACEHOLDERS = { subject: '…', old: 'A', now: 'B' };

/** Writes the table of all rules as docs/changes.md shows it: what each says, whom it breaks in the cases, its level. */
export function ruleTable(): string {
  const rows = Object.entries(rules).map(([rule, { level, say }]) => [
    `\`${rule}\``,
    say(PLACEHOLDERS).replace(/\.$/, ''),
    verdictsOf(rule as Rule, 'send'),
    verdictsOf(rule as Rule, 'receive'),
    level === 'wire' ? '' : level,
  ]);
  const header = ['rule', 'what it says', 'sends', 'receives', 'level'];
  const widths = header.map((cell, column) =>
    Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join(
    '\n',
  );
}

function verdictsOf(rule: Rule, action: 'send' | 'receive'): string {
  const found = diffCases
    .filter((one) => one.action === action)
    .flatMap(({ expected }) => expected.filter((one) => one.rule === rule))
    .map(({ verdict }) => WORDS[verdict]);
  return [...new Set(found)].sort().join(' or ');
}
