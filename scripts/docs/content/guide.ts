import { readFileSync } from 'node:fs';
import { ownFile } from '../../own-files.js';
import type { Page, Section } from '../content.js';

/** Makes the page of the guide that ships with the package: how documents such as these are written. */
export function guidePage(): Page {
  const text = readFileSync(ownFile('../docs/describing-webhooks.md'), 'utf8');
  const [opening = '', ...parts] = text.split(/^## (?=.)/m);
  const [, title = '', lead = ''] = /^# (.*)\n([\s\S]*)$/.exec(opening) ?? [];
  return {
    path: 'describing-webhooks',
    title,
    summary:
      "A guide: from a provider's prose to a document that can be checked, and code made of it.",
    provider: undefined,
    isOverview: true,
    blocks: [{ kind: 'prose', markdown: lead.trim() }],
    sections: parts.map((part): Section => {
      const [heading = '', ...lines] = part.split('\n');
      return {
        id: heading
          .toLowerCase()
          .replace(/[^a-z0-9]+/g, '-')
          .replace(/^-|-$/g, ''),
        title: heading.replaceAll('`', ''),
        blocks: [{ kind: 'prose', markdown: lines.join('\n').trim() }],
        sections: [],
      };
    }),
  };
}
