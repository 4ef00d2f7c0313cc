/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import type { Code } from '../content.js';
import { type ElementContent, highlight } from '../highlight.js';

/** Shows code with what it is; the script of the site puts a button to copy it there. */
export function CodeBlock({ block }: { block: Code }) {
  return (
    <figure class="code">
      <figcaption>{block.label}</figcaption>
      <pre>
        <Highlighted text={block.text} language={block.language} />
      </pre>
    </figure>
  );
}

/** Shows code with its parts marked. */
export function Highlighted({ text, language }: { text: string; language: string }) {
  return <code>{highlight(text, language).map(marked)}</code>;
}

function marked(node: ElementContent): ComponentChildren {
  if (node.type === 'text') return node.value;
  if (node.type !== 'element') return '';
  const { className } = node.properties;
  return (
    <span class={Array.isArray(className) ? className.join(' ') : undefined}>
      {node.children.map(marked)}
    </span>
  );
}
