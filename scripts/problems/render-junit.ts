import { count, explain, type Findings } from './findings.js';
import type { Problem } from './problem.js';
import { renderText } from './render-text.js';
import { visible } from './visible.js';

/**
 * Writes findings as a JUnit report: a suite for the command, a test case for each file that was judged or
 * has a problem. A file's problems are one failure; warnings stand in its `system-out` unless they count.
 */
export function renderJunit(findings: Findings): string {
  const suite = `webhook-contracts ${findings.command}`;
  const cases = testCases(findings, suite);
  const counts = {
    tests: cases.length,
    failures: cases.filter(({ failure }) => failure !== undefined).length,
    errors: cases.filter(({ error }) => error !== undefined).length,
  };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'webhook-contracts', ...counts })}>`,
    `  <testsuite${attributes({ name: suite, ...counts, skipped: 0 })}>`,
    ...cases.flatMap((one) => renderCase(one, suite)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

interface TestCase {
  readonly name: string;
  readonly failure?: readonly Problem[];
  readonly error?: string;
  readonly warnings: readonly Problem[];
}

function testCases(
  { problems, strict = false, checked = [], cannotRun }: Findings,
  suite: string,
): TestCase[] {
  if (cannotRun !== undefined) return [{ name: suite, error: cannotRun, warnings: [] }];
  const byFile = new Map<string, Problem[]>(checked.map((file) => [file, []]));
  for (const one of problems) {
    // What stands nowhere is about the command as a whole.
    const name = one.locations[0]?.file ?? suite;
    byFile.set(name, [...(byFile.get(name) ?? []), one]);
  }
  if (byFile.size === 0) byFile.set(suite, []);
  return [...byFile].map(([name, found]) => {
    const failing = found.filter(({ severity }) => strict || severity === 'error');
    const warnings = found.filter((one) => !failing.includes(one));
    return { name, warnings, ...(failing.length > 0 ? { failure: failing } : {}) };
  });
}

function renderCase({ name, failure, error, warnings }: TestCase, suite: string): string[] {
  const inside = [
    ...(error === undefined
      ? []
      : [`      <error${attributes({ message: error, type: 'cannot-run' })}></error>`]),
    ...(failure === undefined ? [] : [renderFailure(failure)]),
    ...(warnings.length === 0
      ? []
      : [`      <system-out>${text(renderText(warnings, { color: false }))}</system-out>`]),
  ];
  const begin = `    <testcase${attributes({ classname: suite, name })}`;
  return inside.length === 0 ? [`${begin}/>`] : [`${begin}>`, ...inside, '    </testcase>'];
}

function renderFailure(problems: readonly Problem[]): string {
  const [first] = problems;
  const more = problems.length - 1;
  const message = `${first === undefined ? '' : explain(first)[0]}${more === 0 ? '' : ` (and ${count(more, 'problem')} more)`}`;
  const body = text(renderText(problems, { color: false }));
  return `      <failure${attributes({ message, type: first?.code ?? '' })}>${body}</failure>`;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${text(visible(String(value)))}"`)
    .join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  // These two are no characters of XML, in any writing.
  '\ufffe': '\\u{fffe}',
  '\uffff': '\\u{ffff}',
};

/** Escapes text that is safe to print already, for element content and attribute values. */
function text(safe: string): string {
  return safe.replace(/[&<>"'\ufffe\uffff]/g, (character) => entities[character] ?? '');
}
