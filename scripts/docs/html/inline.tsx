/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { Inline } from '../content.js';
import type { Links } from '../links.js';
import { parseMarkdown } from '../markdown.js';
import { Prose, proseBlocks } from './prose.js';

/** Shows a run of text; Markdown of several blocks breaks lines, else it stands in the run. */
export function Run({ content, links }: { content: readonly Inline[]; links: Links }) {
  return (
    <>
      {content.map((part) => (
        <Part part={part} links={links} />
      ))}
    </>
  );
}

function Part({ part, links }: { part: Inline; links: Links }) {
  if (typeof part === 'string') return <>{part}</>;
  switch (part.kind) {
    case 'code':
      return <code>{part.text}</code>;
    case 'mark':
      return <span class={`mark ${part.tone}`}>{part.text}</span>;
    case 'prose': {
      const root = parseMarkdown(part.markdown);
      const [only, ...others] = root.children;
      if (only?.type === 'paragraph' && others.length === 0)
        return <>{proseBlocks(only.children)}</>;
      return <Prose markdown={part.markdown} level={6} />;
    }
    case 'link': {
      const href = links.to(part.target);
      const content = <Run content={part.content} links={links} />;
      if (href === undefined) return content;
      return 'url' in part.target ? (
        <a href={href} rel="noreferrer">
          {content}
        </a>
      ) : (
        <a href={href} {...('file' in part.target ? { download: true } : {})}>
          {content}
        </a>
      );
    }
  }
}
