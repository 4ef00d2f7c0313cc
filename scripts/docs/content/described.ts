import type { Description, Spec } from '../../spec/model.js';
import { type Block, type Fact, type Inline, link, prose, separated } from '../content.js';
import { originOf } from './origin.js';

/** Returns what the document says of one of its parts in prose: summary and description. */
export function describedProse({ summary, description }: Description): Block[] {
  return [summary, description].flatMap((markdown): Block[] =>
    markdown === undefined ? [] : [{ kind: 'prose', markdown }],
  );
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

/** Returns the same as one run of text, for a table's cell. */
export function describedInline({ summary, description }: Description): Inline[] {
  return [summary, description].flatMap((markdown) =>
    markdown === undefined ? [] : [prose(markdown)],
  );
}
