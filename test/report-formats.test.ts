/** What each format makes of findings, and that no text from outside gets out of its place in any of them. */
import { normalize } from 'node:path/posix';
import { describe, expect, it } from 'vitest';
import { rules } from '../scripts/compare/rules.js';
import type { Findings } from '../scripts/problems/findings.js';
import { type Location, type Problem, problem } from '../scripts/problems/problem.js';
import { problemTable } from '../scripts/problems/problem-table.js';
import { renderGithub } from '../scripts/problems/render-github.js';
import { printedJson } from '../scripts/problems/render-json.js';
import { renderJunit } from '../scripts/problems/render-junit.js';
import { renderMarkdown } from '../scripts/problems/render-markdown.js';
import { renderSarif } from '../scripts/problems/render-sarif.js';
import { renderText } from '../scripts/problems/render-text.js';
import { renderTable } from '../scripts/problems/table.js';
import { visible } from '../scripts/problems/visible.js';
import { readAnnotations } from './support/read-annotations.js';
import { cellsOf, codeSpansOf } from './support/read-markdown.js';
import { readXml, type XmlElement } from './support/read-xml.js';

const hostile = [
  '::error file=x::boom',
  ' \t::stop-commands::x',
  '##[error]boom',
  '###[add-mask]boom',
  'a ##vso[task.complete] ##',
  '%0A::error::boom %250D %',
  'line\n::error::break\r\n##[error]x',
  'a,b:c=d;e',
  ']]>',
  '</failure><failure message="x">',
  '<script>alert(1)</script>',
  '<!-- --> &lt;&#10;&amp',
  '"\' \\',
  '|',
  '\\|',
  '\\\\| \\',
  'a||b | c',
  '`',
  '``` x ``',
  '`a` `b`',
  '@octocat @org/team',
  'see #1 GH-1 org/name#2 deadbeefdeadbeefdeadbeefdeadbeef00000000',
  'https://evil.example www.evil.example mail@evil.example',
  '[a](https://evil.example) ![b](c)',
  '**a** __b__ ~~c~~ :smile: $`d`$',
  '{0} {{1}} {name}',
  '\u0000\u0007\u001b[31m\u0085',
  '\u202e\u2066\u200b\ufeff\u00a0',
  '\u{e0041}\u2028::error::\u2029x',
  '\ud800 \udc00',
  '\ufffe\uffff',
  'é漢😀',
];

const at = (file: string, line = 1, column = 1, excerpt = ''): Location => ({
  file,
  line,
  column,
  pointer: `/${excerpt}`,
  excerpt,
  caret: 0,
});

const found = (text: string): Problem => ({
  ...problem('payload.invalid', { text, expected: text, found: text, mend: text }),
  locations: [at(text, 3, 7, text), at(text, 4, 8)],
});

const findingsOf = (...problems: Problem[]): Findings => ({ command: 'lint', ok: false, problems });
const cannotRun = (reason: string): Findings => ({ ...findingsOf(), cannotRun: reason });
const sarif = (findings: Findings) => renderSarif(findings, { version: '1.2.3' });

describe.each(hostile)('%j', (text) => {
  const findings: Findings = {
    ...findingsOf(found(text)),
    checked: [text],
    summary: text,
    table: { header: ['name', text], rows: [[text, text]] },
  };
  const outputs = {
    text: renderText(findings.problems, { color: false }),
    table: renderTable(findings.table ?? { header: [], rows: [] }),
    json: printedJson({ [text]: text }),
    junit: renderJunit(findings),
    'junit, could not run': renderJunit(cannotRun(text)),
    sarif: sarif(findings),
    'sarif, could not run': sarif(cannotRun(text)),
    github: renderGithub(findings),
    'github, could not run': renderGithub(cannotRun(text)),
    markdown: renderMarkdown(findings),
    'markdown, could not run': renderMarkdown(cannotRun(text)),
  };

  it.each(Object.entries(outputs))('%s: prints nothing that a log acts on', (name, output) => {
    expect(output).toMatch(/^[\s\S]+\n$/);
    expect(output.isWellFormed()).toBe(true);
    expect(output.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(output).not.toMatch(/##\w*\[/);
    // Ours are the heading, which is no command, and the annotations, one a problem.
    expect(output.replace(/^### webhook-contracts lint: /, '')).not.toMatch(/^\s*##/m);
    expect(readAnnotations(output).length).toBe(name.startsWith('github') ? 1 : 0);
  });

  it('json: keeps the value', () => {
    expect(JSON.parse(outputs.json)).toEqual({ [text]: text });
  });

  it('junit: keeps names and messages apart from markup', () => {
    const shown = (words: string) =>
      visible(words).replace(
        /[\ufffe\uffff]/g,
        (one) => `\\u{${one.codePointAt(0)?.toString(16)}}`,
      );
    const [testcase] = suiteOf(outputs.junit).children;
    expect(testcase?.attributes.name).toBe(shown(text));
    expect(testcase?.children.length).toBe(1);
    expect(testcase?.children[0]?.attributes.message).toBe(shown(text));
    expect(testcase?.children[0]?.text).toContain(`  found: ${shown(text)}\n`);
    const [error] = suiteOf(outputs['junit, could not run']).children[0]?.children ?? [];
    expect(error?.attributes.message).toBe(shown(text));
  });

  it('github: reads back as the place, the code and the lines', () => {
    expect(readAnnotations(outputs.github)).toEqual([
      {
        kind: 'error',
        properties: { file: visible(text), line: '3', col: '7', title: 'payload.invalid' },
        message: [
          text,
          `expected: ${text}`,
          `found: ${text}`,
          `to mend it: ${text}`,
          `see also: ${text}:4:8`,
        ]
          .map(visible)
          .join('\n'),
      },
    ]);
  });

  it('sarif: names the file by a relative reference, and has no link or placeholder in its words', () => {
    const [result] = JSON.parse(outputs.sarif).runs[0].results;
    const { uri } = result.locations[0].physicalLocation.artifactLocation;
    expect(uri).toMatch(/^(?:[\w.!~*'()-]|%[0-9A-F]{2})+(?:\/(?:[\w.!~*'()-]|%[0-9A-F]{2})*)*$/);
    expect(decodeURIComponent(uri)).toBe(normalize(text.toWellFormed()));
    for (const words of [result.message.text, notificationOf(outputs['sarif, could not run'])]) {
      expect(words).not.toContain('](');
      expect(words.replace(/\{\{|\}\}/g, '')).not.toMatch(/\{\d+\}/);
    }
  });

  it('markdown: lets nothing but plain words stand outside code spans', () => {
    const markdown = outputs.markdown;
    const rows = markdown.split('\n').filter((line) => line.startsWith('|'));
    expect(rows.map((row) => cellsOf(row).length)).toEqual([4, 4, 4, 2, 2, 2]);
    const [severity, place, code, words = ''] = cellsOf(rows[2] ?? '');
    expect(severity).toBe('error');
    expect(codeSpansOf(place ?? '')).toEqual({
      spans: [visible(`${text}:3:7`).trim().replaceAll('\\|', '\\\\u{7c}')],
      outside: '',
    });
    expect(code).toBe('`payload.invalid`');
    expect(codeSpansOf(words).outside.split('<br>').length).toBe(5);
    for (const part of [markdown, outputs['markdown, could not run']]) {
      const [, ...lines] = part.split('\n');
      for (const line of lines) {
        const cells = line.startsWith('|') ? cellsOf(line) : [line];
        const outside = cells.map((cell) => codeSpansOf(cell).outside).join(' ');
        expect(outside.replaceAll('<br>', ' ')).toMatch(/^(?:[A-Za-z0-9 ,.;:]|---|--:)*$/);
      }
    }
  });
});

it('ends soon where a text is long', () => {
  for (const sign of ['#', ':', ' ', '`', '\\|', '{0', '](', '##a', '\u202e']) {
    const long = sign.repeat(50_000);
    const began = performance.now();
    const findings = findingsOf(found(long));
    for (const render of [renderJunit, renderGithub, sarif, renderMarkdown]) render(findings);
    printedJson({ long });
    expect(performance.now() - began, sign).toBeLessThan(5_000);
  }
}, 60_000);

describe('junit', () => {
  const warning = problem('message.uncovered', { name: 'a' }, at('one.yaml'));
  const error = problem('document.empty', {}, at('two.yaml', 2, 3));

  it('has a test case for each file, and fails those that have errors', () => {
    const findings = findingsOf(warning, error, error);
    const suite = suiteOf(renderJunit({ ...findings, checked: ['zero.yaml', 'one.yaml'] }));
    expect(suite.attributes).toEqual({
      name: 'webhook-contracts lint',
      tests: '3',
      failures: '1',
      errors: '0',
      skipped: '0',
    });
    expect(
      suite.children.map(({ attributes, children }) => [
        attributes.name,
        children.map(({ name, attributes: { message } }) => [name, message]),
      ]),
    ).toEqual([
      ['zero.yaml', []],
      ['one.yaml', [['system-out', undefined]]],
      ['two.yaml', [['failure', 'The file is empty. (and 1 problem more)']]],
    ]);
    expect(suite.children[1]?.children[0]?.text).toMatch(/^one\.yaml:1:1 warning message\.uncov/);
  });

  it('fails warnings where they count', () => {
    const [testcase] = suiteOf(renderJunit({ ...findingsOf(warning), strict: true })).children;
    expect(testcase?.children.map(({ name }) => name)).toEqual(['failure']);
  });

  it('has one test case where there is nothing to say, and for what stands nowhere', () => {
    for (const findings of [findingsOf(), findingsOf({ ...error, locations: [] })]) {
      const { attributes, children } = suiteOf(renderJunit(findings));
      expect(children.map((one) => one.attributes.name)).toEqual(['webhook-contracts lint']);
      expect(attributes.failures).toBe(String(findings.problems.length));
    }
  });
});

describe('sarif', () => {
  it('has the members that the standard demands, and rules for all codes', () => {
    const error = problem(
      'document.empty',
      {},
      at('./specs/a b%.yaml', 2, 3, 'x'),
      at('/tmp/x y', 4),
    );
    const log = JSON.parse(sarif(findingsOf(error, { ...error, locations: [] })));
    expect(log).toMatchObject({
      version: '2.1.0',
      $schema: expect.stringContaining('sarif-2.1.0'),
    });
    const [{ tool, columnKind, invocations, results }] = log.runs;
    expect(columnKind).toBe('utf16CodeUnits');
    expect(invocations).toEqual([{ executionSuccessful: true }]);
    expect(tool.driver).toMatchObject({ name: 'webhook-contracts', version: '1.2.3' });
    expect(tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual([
      ...Object.keys(problemTable),
      ...Object.keys(rules),
    ]);
    const { ruleIndex } = results[0];
    expect(tool.driver.rules[ruleIndex].id).toBe('document.empty');
    const common = {
      ruleId: 'document.empty',
      ruleIndex,
      level: 'error',
      message: { text: 'The file is empty.\nexpected: an AsyncAPI document' },
    };
    const place = (uri: string, startLine: number, startColumn: number) => ({
      artifactLocation: { uri },
      region: { startLine, startColumn },
    });
    expect(results).toEqual([
      {
        ...common,
        locations: [
          {
            physicalLocation: place('specs/a%20b%25.yaml', 2, 3),
            logicalLocations: [{ fullyQualifiedName: '/x' }],
          },
        ],
        relatedLocations: [
          {
            id: 1,
            physicalLocation: place('file:///tmp/x%20y', 4, 1),
            logicalLocations: [{ fullyQualifiedName: '/' }],
          },
        ],
      },
      common,
    ]);
  });

  it('tells that a command could not run', () => {
    const log = sarif(cannotRun('gone.yaml: no such file'));
    expect(JSON.parse(log).runs[0]).toMatchObject({
      results: [],
      invocations: [{ executionSuccessful: false }],
    });
    expect(notificationOf(log)).toBe('gone.yaml: no such file');
  });
});

describe('markdown', () => {
  it('leaves sentences readable, and shows a command as one', () => {
    const stale = problem(
      'output.stale',
      { change: 'missing', command: 'run: webhook-contracts generate --out a' },
      at('a/b.js'),
    );
    const keyword = problem(
      'schema.keyword',
      { keyword: 'a|b', suggestion: 'c' },
      at('d', 1, 2),
      at('e'),
    );
    expect(renderMarkdown(findingsOf(stale, keyword))).toBe(`### webhook-contracts lint: not ok

2 errors, 0 warnings.

| severity | place | code | problem |
| --- | --- | --- | --- |
| error | \`a/b.js:1:1\` | \`output.stale\` | The file is missing.<br>to mend it: run: \`webhook-contracts generate --out a\` |
| error | \`d:1:2\` | \`schema.keyword\` | The schema keyword \`"a\\|b"\` is not known.<br>to mend it: did you mean \`"c"?\`<br>see also: \`e:1:1\` |
`);
  });

  it('fits a comment, and says what it left out', () => {
    const problems = Array.from({ length: 5_000 }, (_, line) =>
      problem('name.odd', { name: 'x'.repeat(100) }, at('a.yaml', line + 1)),
    );
    const rows = problems.map(({ text }, row) => [String(row), text]);
    const markdown = renderMarkdown({
      ...findingsOf(...problems),
      table: { header: ['n', 'text'], rows },
      summary: 'x'.repeat(10_000),
    });
    expect(markdown.length).toBeLessThan(65_536);
    const shown = markdown.split('\n').filter((line) => line.includes('`name.odd`')).length;
    expect(shown).toBeGreaterThan(100);
    expect(markdown).toContain(`\n\n${5_000 - shown} rows more not shown.\n`);
    expect(markdown).toContain('0 errors, 5000 warnings.');
  });

  it('leaves out the rows of a table that problems tell', () => {
    const rows = [['told'], ['untold']];
    const [first = []] = rows;
    const withTable = (told: ReadonlySet<readonly string[]>) =>
      renderMarkdown({ ...findingsOf(), table: { header: ['row'], rows, told } });
    expect(withTable(new Set([first]))).toContain('| row |\n| --- |\n| untold |\n');
    expect(withTable(new Set([first]))).not.toContain('| told |');
    expect(withTable(new Set(rows))).not.toContain('| row |');
  });

  it('keeps what is quoted in one code span', () => {
    const odd = problem('name.odd', { name: 'a name "of words"' }, at('a.yaml'));
    expect(renderMarkdown(findingsOf(odd))).toContain('`"a name \\"of words\\""`');
  });

  it('says ok, and shows the table that text shows aligned', () => {
    const table = {
      header: ['provider', 'proved', 'share', 'by'],
      rows: [
        ['mews', '10', '100%', 'consumer'],
        ['e-res', '9', '1.5%', ''],
      ],
    };
    const said = { ...findingsOf(), ok: true, summary: '2 pacts: proved.', table };
    expect(renderMarkdown(said)).toBe(`### webhook-contracts lint: ok

2 pacts: proved.

| provider | proved | share | by |
| --- | --: | --: | --- |
| mews | 10 | \`100%\` | consumer |
| \`e-res\` | 9 | \`1.5%\` |  |
`);
    expect(renderTable(table)).toBe(`provider  proved  share  by
mews          10   100%  consumer
e-res          9   1.5%
`);
  });
});

function suiteOf(junit: string): XmlElement {
  const root = readXml(junit);
  expect([root.name, root.children.map(({ name }) => name)]).toEqual(['testsuites', ['testsuite']]);
  const suite = root.children[0] ?? root;
  const held = (kind: string) =>
    suite.children.filter(({ children }) => children.some(({ name }) => name === kind)).length;
  for (const { attributes } of [root, suite]) {
    expect(attributes).toMatchObject({
      tests: String(suite.children.length),
      failures: String(held('failure')),
      errors: String(held('error')),
    });
  }
  for (const { name, attributes, children } of suite.children) {
    expect([name, Object.keys(attributes)]).toEqual(['testcase', ['classname', 'name']]);
    // One verdict at most, then output: the order of the common schemas.
    expect(children.map((child) => child.name).join(' ')).toMatch(
      /^(?:failure|error)?(?:(?:^| )system-out)?$/,
    );
  }
  return suite;
}

function notificationOf(log: string): string {
  return JSON.parse(log).runs[0].invocations[0].toolExecutionNotifications[0].message.text;
}
