import type { Source, Spec } from '../../spec/model.js';
import { type Inline, link, prose, separated } from '../content.js';

/** Says who states something, each document with a link to where the page describes it, and what is inferred. */
export function originOf(
  {
    sources,
    inferred,
  }: { readonly sources: readonly Source[]; readonly inferred: string | undefined },
  spec: Spec,
): Inline[] {
  const said: Inline[][] = sources.map(({ document, section }) => {
    const known = spec.sources.get(document);
    const title = known?.title ?? document;
    const target = { page: `${spec.name}/index`, id: 'sources' };
    return [known === undefined ? title : link(target, title), ', ', section];
  });
  const mark: Inline = { kind: 'mark', tone: 'inferred', text: 'inferred' };
  const reason: Inline[] = inferred === undefined ? [] : [mark, ' ', prose(inferred)];
  return separated([...(reason.length > 0 ? [reason] : []), ...said], ' · ');
}
