import type { Server, Spec } from '../../spec/model.js';
import { type Block, code, type Inline, paragraph, type Section } from '../content.js';
import { describedFacts, describedInline } from './described.js';
import { originOf } from './origin.js';
import type { ProviderContext } from './provider-context.js';
import { variablesWords } from './variables.js';

/** Describes where requests go to. */
export function environmentsSection({ spec }: ProviderContext): Section {
  const { servers } = spec;
  const rows = servers.map((server) => [
    [server.title ?? server.id, ...(server.title === undefined ? [] : [' ', code(server.id)])],
    [code(server.url)],
    [...describedInline(server), ...variablesWords(server.variables)],
    serverOrigin(server, spec),
  ]);
  const blocks: Block[] =
    rows.length === 0
      ? [paragraph('The document names no server.')]
      : [
          {
            kind: 'table',
            label: 'Environments',
            columns: ['Server', 'Address', 'Description', 'Source'],
            rows,
          },
        ];
  return { id: 'environments', title: 'Environments', finds: 'section', blocks, sections: [] };
}

function serverOrigin(server: Server, spec: Spec): Inline[] {
  const facts = describedFacts({ ...server, sources: [], inferred: undefined }, spec);
  const more = facts.flatMap(({ content }) => [...content, ' ']);
  return [...more, ...originOf(server, spec)];
}
