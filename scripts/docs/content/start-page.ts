import { count } from '../../problems/findings.js';
import type { Spec } from '../../spec/model.js';
import {
  type Card,
  code,
  type Inline,
  link,
  type Page,
  paragraph,
  type Section,
  separated,
} from '../content.js';
import { credentialWords } from './credential-words.js';
import { deliveryRules, ruleValue } from './delivery.js';
import { headline } from './headline.js';
import { directionWords } from './overview.js';
import { summaryOf } from './provider.js';

/** Makes the start page: what each provider sends, and how they compare. */
export function startPage(specs: readonly Spec[], title: string): Page {
  const messages = specs.reduce((sum, spec) => sum + spec.messages.length, 0);
  const summary = `${count(messages, 'message')} of ${count(specs.length, 'provider')}: what can arrive, what is in it, how to tell that it is genuine, what to answer, and who says so.`;
  return {
    path: 'index',
    title,
    summary,
    provider: undefined,
    isOverview: true,
    blocks: [paragraph(summary)],
    sections: [
      {
        id: 'providers',
        title: 'Providers',
        blocks: [{ kind: 'cards', cards: specs.map(card) }],
        sections: [],
      },
      ...(specs.length > 1 ? [comparison(specs)] : []),
    ],
  };
}

function card(spec: Spec): Card {
  const page = `${spec.name}/index`;
  const shown = spec.messages.slice(0, MAX_LISTED);
  const left = spec.messages.length - shown.length;
  return {
    title: headline(spec.title),
    page,
    summary: summaryOf(spec),
    facts: [
      {
        term: count(spec.messages.length, 'message'),
        content: [
          ...separated(
            shown.map((one): Inline[] => [headline(one.title ?? one.name)]),
            ', ',
          ),
          ...(left === 0 ? [] : [`, and ${left} more`]),
        ],
      },
      { term: 'Authenticity', content: proof(spec) },
      { term: 'Attempts at most', content: ruleValue(spec.delivery.rules.get('attempts')) },
    ],
  };
}

/** How many messages a card names. */
const MAX_LISTED = 6;

function comparison(specs: readonly Spec[]): Section {
  const row = (what: string, say: (spec: Spec) => readonly Inline[]) => [[what], ...specs.map(say)];
  return {
    id: 'comparison',
    title: 'Comparison',
    blocks: [
      {
        kind: 'table',
        label: 'Comparison of the providers',
        columns: ['What', ...specs.map((spec) => headline(spec.title))],
        rows: [
          row('Direction', (spec) => [directionWords(spec)]),
          row('Messages', (spec) => [
            link({ page: `${spec.name}/index`, id: 'messages' }, String(spec.messages.length)),
          ]),
          row('Content type', contentTypes),
          row('Authenticity', proof),
          ...Object.entries(deliveryRules).map(([name, title]) =>
            row(title, (spec) => ruleValue(spec.delivery.rules.get(name))),
          ),
          row('Contradictions', (spec) =>
            spec.contradictions.length === 0
              ? ['none listed']
              : [
                  link(
                    { page: `${spec.name}/index`, id: 'contradictions' },
                    String(spec.contradictions.length),
                  ),
                ],
          ),
        ],
      },
    ],
    sections: [],
  };
}

function contentTypes({ messages }: Spec): Inline[] {
  const types = [...new Set(messages.map(({ contentType }) => contentType))];
  return separated(
    types.map((type): Inline[] => [type === undefined ? 'not stated' : code(type)]),
    ', ',
  );
}

function proof({ credentials }: Spec): Inline[] {
  if (credentials.length === 0) return ['nothing is demanded'];
  return separated(credentials.map(credentialWords), '; ');
}
