import { isAbsolute, sep } from 'node:path';
import { normalize } from 'node:path/posix';
import { pathToFileURL } from 'node:url';
import { rules as changeRules } from '../compare/rules.js';
import { explain, type Findings } from './findings.js';
import type { Location, Problem } from './problem.js';
import { problemTable } from './problem-table.js';
import { printedJson } from './render-json.js';
import { visible } from './visible.js';

/**
 * Writes findings as a SARIF 2.1.0 log of one run. Its rules are all codes of problems and all rules of changes; paths are
 * relative to the working directory.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function renderSarif(
  { command, problems, cannotRun }: Findings,
  { version }: { version: string },
): string {
  const notification = { level: 'error', message: { text: message([visible(cannotRun ?? '')]) } };
  return printedJson({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'webhook-contracts', version, rules } },
        // Code scanning keeps the results of each command apart by what stands before the slash.
        automationDetails: { id: `webhook-contracts ${command}/` },
        invocations: [
          cannotRun === undefined
            ? { executionSuccessful: true }
            : { executionSuccessful: false, toolExecutionNotifications: [notification] },
        ],
        columnKind: 'utf16CodeUnits',
        results: problems.map(resultOf),
      },
    ],
  });
}

/** The codes of problems, and the rules of changes, which may be errors. */
const rules = [
  ...Object.entries(problemTable).map(([id, { severity }]) => ({ id, severity })),
  ...Object.keys(changeRules).map((id) => ({ id, severity: 'error' })),
].map(({ id, severity }) => ({
  id,
  shortDescription: { text: id },
  defaultConfiguration: { level: severity },
}));

const indexes = new Map(rules.map(({ id }, index) => [id, index]));

function resultOf(one: Problem) {
  const [first, ...others] = one.locations;
  return {
    ruleId: one.code,
    ruleIndex: indexes.get(one.code) ?? -1,
    level: one.severity,
    message: { text: message(explain(one)) },
    ...(first === undefined ? {} : { locations: [place(first)] }),
    ...(others.length === 0
      ? {}
      : { relatedLocations: others.map((other, index) => ({ id: index + 1, ...place(other) })) }),
  };
}

function place({ file, line, column, pointer }: Location) {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(file) },
      region: { startLine: line, startColumn: column },
    },
    ...(pointer === '' ? {} : { logicalLocations: [{ fullyQualifiedName: visible(pointer) }] }),
  };
}

/**
 * Joins lines to a message, in which `[…](…)` would be a link (3.11.6) and `{0}` a placeholder (3.11.5). Braces
 * are doubled only where there is such a thing, because many readers show them as they stand.
 */
function message(lines: readonly string[]): string {
  const text = lines.join('\n').replaceAll('](', ']\\u{28}');
  return /\{\d+\}/.test(text) ? text.replace(/[{}]/g, '$&$&') : text;
}

function uriOf(file: string): string {
  const wellFormed = file.toWellFormed();
  if (isAbsolute(wellFormed)) return pathToFileURL(wellFormed).href;
  return normalize(wellFormed.split(sep).join('/')).split('/').map(encodeURIComponent).join('/');
}
