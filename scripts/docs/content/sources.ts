import type { Spec } from '../../spec/model.js';
import { code, link, notStated, paragraph, prose, type Section } from '../content.js';
import { originOf } from './origin.js';

/** Describes what the sources contradict or leave open. */
export function contradictionsSection(spec: Spec): Section[] {
  const { contradictions } = spec;
  if (contradictions.length === 0) return [];
  return [
    {
      id: 'contradictions',
      title: 'Contradictions and open questions',
      finds: 'section',
      blocks: [
        {
          kind: 'table',
          label: 'Contradictions',
          columns: ['About', 'What the sources say', 'Source'],
          rows: contradictions.map((one) => [
            [one.about],
            [prose(one.description)],
            originOf({ sources: one.sources, inferred: undefined }, spec),
          ]),
        },
      ],
      sections: [],
    },
  ];
}

/** Lists the documents that the spec was written from. */
export function sourcesSection({ sources }: Spec): Section[] {
  if (sources.size === 0) return [];
  return [
    {
      id: 'sources',
      title: 'Sources',
      finds: 'section',
      blocks: [
        paragraph(
          'Every statement says which of these documents it comes from, or what it was inferred from.',
        ),
        {
          kind: 'table',
          label: 'Sources',
          columns: ['Document', 'Address', 'Date', 'Certainty', 'Note'],
          rows: [...sources].map(([id, { title, url, date, certainty, note, seed }]) => [
            [title, ' ', code(id)],
            [url === undefined ? notStated : link({ url }, url)],
            date === 'not stated' ? [notStated] : [date],
            [certainty ?? ''],
            [
              ...(note === undefined ? [] : [prose(note)]),
              ...(seed === undefined ? [] : [` (document ${seed})`]),
            ],
          ]),
        },
      ],
      sections: [],
    },
  ];
}
