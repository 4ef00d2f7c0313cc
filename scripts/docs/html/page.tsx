/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import { renderToString } from 'preact-render-to-string';
import type { Page, Section, Site } from '../content.js';
import type { Places } from '../layout.js';
import { Links } from '../links.js';
import { unhidden } from '../unhidden.js';
import { Blocks } from './blocks.js';

/**
 * What a page may load: its style, script, icon and search index, of the site itself. Nothing is inline, nothing comes
 * from elsewhere, nothing is sent anywhere. https://www.w3.org/TR/CSP3/
 */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

/** Renders a page as HTML. */
export function renderHtml(page: Page, site: Site, places: Places): string {
  const links = new Links(page.path, places, '.html');
  const html = renderToString(<Document page={page} site={site} links={links} />);
  return unhidden(`<!doctype html>\n${html}\n`);
}

function Document({ page, site, links }: { page: Page; site: Site; links: Links }) {
  const isStart = page.path === 'index';
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={POLICY} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{isStart ? site.title : `${page.title} · ${site.title}`}</title>
        <meta name="description" content={page.summary} />
        <link rel="stylesheet" href={links.toFile('assets/site.css')} />
        <link rel="icon" type="image/svg+xml" href={links.toFile('assets/icon.svg')} />
        <link rel="alternate" type="text/markdown" href={links.toFile(`${page.path}.md`)} />
        <script src={links.toFile('assets/site.js')} />
      </head>
      <body data-root={links.toFile('index.html').replace(/index\.html$/, '')}>
        <a class="skip" href="#content">
          Skip to the content
        </a>
        <header class="top">
          <a class="home" href={links.toPage('index')}>
            {site.title}
          </a>
          <a class="menu" href="#pages">
            Menu
          </a>
        </header>
        <div class="columns">
          <Navigation page={page} site={site} links={links} />
          <main id="content" tabIndex={-1}>
            <h1>{page.title}</h1>
            <Blocks blocks={page.blocks} level={2} id="page" links={links} />
            {page.sections.map((section) => (
              <SectionOf section={section} level={2} links={links} />
            ))}
            <footer>
              <a href={links.toFile(`${page.path}.md`)}>This page as Markdown</a>
            </footer>
          </main>
        </div>
      </body>
    </html>
  );
}

/** Shows where else to go: the pages of the start page, and what is on this one. */
function Navigation({ page, site, links }: { page: Page; site: Site; links: Links }) {
  const homes = site.pages.filter(({ path, provider }) => isHome(path, provider?.name));
  return (
    <nav id="pages" aria-label="Pages">
      <ul>
        {homes.map((home) => {
          const isCurrent = home.path === page.path;
          const isAbove = home.provider !== undefined && home.provider.name === page.provider?.name;
          return (
            <li>
              <a href={links.toPage(home.path)} aria-current={isCurrent ? 'page' : undefined}>
                {home.provider?.title ?? home.title}
              </a>
              {isCurrent || isAbove ? (
                <Contents sections={(isCurrent ? page : home).sections} home={home} links={links} />
              ) : (
                ''
              )}
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

function Contents({
  sections,
  home,
  links,
}: {
  sections: readonly Section[];
  home: Page;
  links: Links;
}) {
  if (sections.length === 0) return null;
  return (
    <ul>
      {sections.map(({ id, title, sections: inner }) => (
        <li>
          <a href={links.toPage(home.path, id)}>{title}</a>
          <Contents
            sections={inner.filter(({ finds }) => finds !== undefined)}
            home={home}
            links={links}
          />
        </li>
      ))}
    </ul>
  );
}

function isHome(path: string, provider: string | undefined): boolean {
  return provider === undefined || path === `${provider}/index`;
}

function SectionOf({ section, level, links }: { section: Section; level: number; links: Links }) {
  const { id, title, name, blocks, sections, finds } = section;
  const Heading = `h${Math.min(level, 6)}` as 'h2';
  return (
    <section id={id} class={finds}>
      <Heading>
        <a href={`#${encodeURIComponent(id)}`}>{title}</a>
        {name === undefined ? '' : <code>{name}</code>}
      </Heading>
      <Blocks blocks={blocks} level={level + 1} id={id} links={links} />
      {sections.map((inner) => (
        <SectionOf section={inner} level={level + 1} links={links} />
      ))}
    </section>
  );
}
