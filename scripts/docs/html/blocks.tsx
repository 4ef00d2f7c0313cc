/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { Block, Card, Fact, Table } from '../content.js';
import type { Links } from '../links.js';
import { CodeBlock } from './code.js';
import { SequenceDiagram } from './diagram.js';
import { Fields } from './fields.js';
import { Run } from './inline.js';
import { Prose } from './prose.js';

/** Shows blocks; headings in Markdown begin at a level. `id` is that of what they stand in. */
export function Blocks({
  blocks,
  level,
  id,
  links,
}: {
  blocks: readonly Block[];
  level: number;
  id: string;
  links: Links;
}) {
  return (
    <>
      {blocks.map((block) => (
        <OneBlock block={block} level={level} id={id} links={links} />
      ))}
    </>
  );
}

function OneBlock({
  block,
  level,
  id,
  links,
}: {
  block: Block;
  level: number;
  id: string;
  links: Links;
}) {
  switch (block.kind) {
    case 'prose':
      return <Prose markdown={block.markdown} level={level} />;
    case 'paragraph':
      return (
        <p>
          <Run content={block.content} links={links} />
        </p>
      );
    case 'list':
    case 'steps': {
      const items = block.items.map((item) => (
        <li>
          <Run content={item} links={links} />
        </li>
      ));
      return block.kind === 'steps' ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
    case 'facts':
      return <Facts facts={block.facts} links={links} />;
    case 'table':
      return <TableOf table={block} links={links} />;
    case 'fields':
      return <Fields label={block.label} fields={block.fields} links={links} />;
    case 'code':
      return <CodeBlock block={block} />;
    case 'cards':
      return <Cards cards={block.cards} links={links} />;
    case 'diagram':
      return <SequenceDiagram diagram={block.diagram} id={`${id}-diagram`} />;
  }
}

/** How many columns are stacked, on a narrow screen; more are compared with each other. */
const MAX_STACKED = 5;

function Facts({ facts, links }: { facts: readonly Fact[]; links: Links }) {
  return (
    <dl class="facts">
      {facts.map(({ term, content }) => (
        <div>
          <dt>{term}</dt>
          <dd>
            <Run content={content} links={links} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function TableOf({ table: { label, columns, rows }, links }: { table: Table; links: Links }) {
  return (
    <div class="table">
      <table aria-label={label} class={columns.length > MAX_STACKED ? undefined : 'stacked'}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th scope="col">{column}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([first = [], ...cells]) => (
            <tr>
              <th scope="row">
                <Run content={first} links={links} />
              </th>
              {cells.map((cell, index) => (
                <td data-label={columns[index + 1]}>
                  <Run content={cell} links={links} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cards({ cards, links }: { cards: readonly Card[]; links: Links }) {
  return (
    <ul class="cards">
      {cards.map((card) => (
        <li>
          <h3>
            <a href={links.toPage(card.page)}>{card.title}</a>
          </h3>
          <p>{card.summary}</p>
          <Facts facts={card.facts} links={links} />
        </li>
      ))}
    </ul>
  );
}
