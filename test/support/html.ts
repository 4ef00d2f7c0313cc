/** What tests read of a page: its text, its fragments, its links. */

export interface Html {
  readonly text: string;
  readonly ids: readonly string[];
  readonly links: readonly string[];
}

/** Reads a page as the site writes it: every `<` begins a tag, attributes stand in double quotes. */
export function readHtml(html: string): Html {
  const body = html.slice(html.indexOf('<body'));
  return {
    text: decoded(body.replace(/<[^>]*>/g, '')),
    ids: attributes(html, 'id'),
    links: attributes(html, 'href'),
  };
}

function attributes(html: string, name: string): string[] {
  return [...html.matchAll(new RegExp(`<[^>]*\\s${name}="([^"]*)"`, 'g'))].map(([, value = '']) =>
    decoded(value),
  );
}

function decoded(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
