/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { type AlignType, type Nodes, parseMarkdown, type Table } from '../markdown.js';
import { Highlighted } from './code.js';

/** Shows Markdown of a document; its headings begin at a level, and none is left out on the way down. */
export function Prose({ markdown, level }: { markdown: string; level: number }) {
  return <div class="prose">{proseBlocks(parseMarkdown(markdown).children, level)}</div>;
}

/** Shows nodes of Markdown that were made safe. */
export function proseBlocks(nodes: readonly Nodes[], level = 6): ComponentChildren {
  const depths: number[] = [];
  return nodes.map((node) => {
    if (node.type !== 'heading') return element(node, level);
    // The headings above this one, of those that stand here.
    while ((depths.at(-1) ?? 0) >= node.depth) depths.pop();
    depths.push(node.depth);
    const tag = `h${Math.min(6, level + depths.length - 1)}` as 'h6';
    const Heading = tag;
    return <Heading>{inner(node, level)}</Heading>;
  });
}

function element(node: Nodes, level: number): ComponentChildren {
  switch (node.type) {
    case 'text':
      return node.value;
    case 'paragraph':
      return <p>{inner(node, level)}</p>;
    case 'emphasis':
      return <em>{inner(node, level)}</em>;
    case 'strong':
      return <strong>{inner(node, level)}</strong>;
    case 'inlineCode':
      return <code>{node.value}</code>;
    case 'break':
      return <br />;
    case 'thematicBreak':
      return <hr />;
    case 'link':
      return (
        <a href={node.url} rel="noreferrer">
          {inner(node, level)}
        </a>
      );
    case 'blockquote':
      return <blockquote>{inner(node, level)}</blockquote>;
    case 'list':
      return node.ordered === true ? (
        <ol start={node.start ?? 1}>{inner(node, level)}</ol>
      ) : (
        <ul>{inner(node, level)}</ul>
      );
    case 'listItem': {
      const [only, ...others] = node.children;
      const isTight = node.spread !== true && only?.type === 'paragraph' && others.length === 0;
      return <li>{isTight ? inner(only, level) : inner(node, level)}</li>;
    }
    case 'code':
      return (
        <pre>
          <Highlighted text={node.value} language={node.lang ?? ''} />
        </pre>
      );
    case 'table':
      return <ProseTable table={node} level={level} />;
    default:
      return inner(node, level);
  }
}

function inner(node: Nodes, level: number): ComponentChildren {
  return 'children' in node ? proseBlocks(node.children as Nodes[], level) : '';
}

function ProseTable({ table, level }: { table: Table; level: number }) {
  const [head, ...rows] = table.children;
  const align = (index: number): AlignType => table.align?.[index] ?? null;
  return (
    <div class="table">
      <table>
        <thead>
          <tr>
            {head?.children.map((cell, index) => (
              <th scope="col" class={align(index) ?? undefined}>
                {inner(cell, level)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              {row.children.map((cell, index) => (
                <td class={align(index) ?? undefined}>{inner(cell, level)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
