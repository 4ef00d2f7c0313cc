/** Markdown of documents: what is made of it is safe, whatever it is, and takes no longer than a page may. */
import { describe, expect, it } from 'vitest';
import { type Nodes, parseMarkdown, printMarkdown } from '../scripts/docs/markdown.js';

const printed = (text: string) => printMarkdown(parseMarkdown(text)).trim();

/** Lists the types of all nodes below a node. */
function typesIn(node: Nodes): string[] {
  return [node.type, ...('children' in node ? node.children.flatMap(typesIn) : [])];
}

describe('what is shown', () => {
  it.each([
    ['*so* **so** `so`', '*so* **so** `so`'],
    ['- one\n- two', '- one\n- two'],
    ['| a |\n| - |\n| `b` |', '| a |\n| - |\n| `b` |'],
    ['see https://example.com/a', 'see <https://example.com/a>'],
    ['[mail](mailto:a@example.com)', '[mail](mailto:a@example.com)'],
  ])('%j stays what it is', (text, expected) => {
    expect(printed(text)).toBe(expected);
  });

  it.each([
    ['<b>bold</b>', '\\<b>bold\\</b>'],
    ['<br>', '\\<br>'],
    ['one\n\n<!-- note -->\n\ntwo', 'one\n\n\\<!-- note -->\n\ntwo'],
    ['> <div>x</div>', '> \\<div>x\\</div>'],
    ['- <div>x</div>', '- \\<div>x\\</div>'],
    ['[x](javascript:alert(1))', 'x'],
    ['[x][y]\n\n[y]: data:text/html,x', 'x'],
    ['![logo](https://example.com/a.png)', '[logo](https://example.com/a.png)'],
    ['[![in](https://example.com/in)](https://example.com/out)', '[in](https://example.com/out)'],
    ['[x](//example.com) [y](/path) [z](#z)', 'x y z'],
  ])('%j becomes %j', (text, expected) => {
    expect(printed(text)).toBe(expected);
    expect(typesIn(parseMarkdown(text))).not.toContain('html');
  });

  it('keeps blocks apart', () => {
    const text = '<br>\n\n```html\n<script>alert(1)</script>\n```';
    expect(printed(text)).toBe(`\\${text}`);
  });
});

describe('what takes long is shown as text', () => {
  it.each([
    ['quotations in quotations', '>'.repeat(5_000)],
    ['lists in lists', '- '.repeat(5_000)],
    ['numbered lists in lists', '1. '.repeat(1_000)],
    ['lines that go on with a quotation', `${'> '.repeat(19)}a${'\nb'.repeat(9_000)}`],
    ['emphasis without an end', '*_'.repeat(9_000)],
    ['brackets', '['.repeat(19_000)],
    ['code without an end', '`a'.repeat(9_000)],
    ['much text', '*word* '.repeat(10_000)],
  ])('%s', (_what, text) => {
    expect(new Set(typesIn(parseMarkdown(text)))).toEqual(new Set(['root', 'paragraph', 'text']));
    expect(printed(text)).not.toBe('');
  });
});
