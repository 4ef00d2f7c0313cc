import type { Description, Spec } from '../../spec/model.js';
import { type Block, type Fact, type Inline, link, prose, separated } from '../content.js';
import { originOf } from './origin.js';

/** Renders what the document says of one of its parts, title apart: summary, description, links, tags, sources. */
export function describedBlocks(part: Description, spec: Spec): Block[] {
  const { summary, description } = part;
  const facts = describedFacts(part, spec);
  return [
    ...(summary === undefined ? [] : [{ kind: 'prose', markdown: summary } as const]),
    ...(description === undefined ? [] : [{ kind: 'prose', markdown: description } as const]),
    ...(facts.length === 0 ? [] : [{ kind: 'facts', facts } as const]),
  ];
}

/** Lists links, tags and sources of a part as facts. */
export function describedFacts(part: Description, spec: Spec): Fact[] {
  const { tags, externalDocs } = part;
  const origin = originOf(part, spec);
  const shown = tags.map(({ name, description }): Inline[] => [
    name,
    ...(description === undefined ? [] : [' (', prose(description), ')']),
  ]);
  return [
    ...(externalDocs === undefined
      ? []
      : [
          {
            term: 'More',
            content: [
              ...(externalDocs.text === undefined ? [] : [prose(externalDocs.text), ' ']),
              link({ url: externalDocs.url }, externalDocs.url),
            ],
          },
        ]),
    ...(tags.length === 0 ? [] : [{ term: 'Tags', content: separated(shown, ', ') }]),
    ...(origin.length === 0 ? [] : [{ term: 'Source', content: origin }]),
  ];
}

/** Says the same in one run of text, for a table's cell. */
export function describedInline(part: Description): Inline[] {
  const { summary, description } = part;
  return [
    ...(summary === undefined ? [] : [prose(summary)]),
    ...(description === undefined ? [] : [prose(description)]),
  ];
}
