/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import { renderToString } from 'preact-render-to-string';
import { isAlone, type Page, type Section, type Site } from '../content.js';
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
            {isOneSection(page) ? null : <h1>{page.title}</h1>}
            <Blocks blocks={page.blocks} level={2} id="page" links={links} />
            {page.sections.map((section) => (
              <SectionOf section={section} level={isOneSection(page) ? 1 : 2} links={links} />
            ))}
            <Neighbours page={page} site={site} links={links} />
            <footer>
              <a href={links.toFile(`${page.path}.md`)}>This page as Markdown</a>
            </footer>
          </main>
        </div>
      </body>
    </html>
  );
}

/** Tells whether a page is about one thing, whose heading is the page's. */
export function isOneSection({ title, blocks, sections }: Page): boolean {
  return blocks.length === 0 && sections.length === 1 && sections[0]?.title === title;
}

/** Shows where else to go: the pages to begin with, and what is on those of this provider. */
function Navigation({ page, site, links }: { page: Page; site: Site; links: Links }) {
  const homes = site.pages.filter(
    ({ path, provider }) => provider === undefined || path === `${provider.name}/index`,
  );
  return (
    <nav id="pages" aria-label="Pages">
      <ul>
        {homes.map((home) => (
          <li>
            <a
              href={links.toPage(home.path)}
              aria-current={home.path === page.path ? 'page' : undefined}
            >
              {home.provider?.title ?? (home.path === 'index' ? 'Start' : home.title)}
            </a>
            {home.path === page.path || isOfSame(home, page) ? (
              <Contents sections={overviewOf(home, site)} home={home} links={links} />
            ) : null}
            {isOfSame(home, page) && !page.isOverview ? (
              <ul>
                <li>
                  <a href={links.toPage(page.path)} aria-current="page">
                    {page.title}
                  </a>
                </li>
              </ul>
            ) : null}
          </li>
        ))}
      </ul>
    </nav>
  );
}

function isOfSame(home: Page, { provider }: Page): boolean {
  return home.provider !== undefined && home.provider.name === provider?.name;
}

/** Returns the sections of a page to begin with, and of those that it is continued on. */
function overviewOf(home: Page, { pages }: Site): readonly Section[] {
  if (home.provider === undefined) return home.sections;
  return pages
    .filter((page) => page.isOverview && isOfSame(home, page))
    .flatMap((one) => one.sections);
}

/** Leads to the pages before and after this one, of the same provider. */
function Neighbours({ page, site, links }: { page: Page; site: Site; links: Links }) {
  const own = site.pages.filter((one) => one.provider !== undefined && isOfSame(one, page));
  const index = own.indexOf(page);
  const [before, after] = [own[index - 1], own[index + 1]];
  if (index < 0 || own.length < 2) return null;
  return (
    <p class="neighbours">
      {before === undefined ? null : (
        <a href={links.toPage(before.path)} rel="prev">{`← ${before.title}`}</a>
      )}
      {after === undefined ? null : (
        <a href={links.toPage(after.path)} rel="next">{`${after.title} →`}</a>
      )}
    </p>
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
          <Contents sections={inner.filter(isAlone)} home={home} links={links} />
        </li>
      ))}
    </ul>
  );
}

function SectionOf({ section, level, links }: { section: Section; level: number; links: Links }) {
  const { id, title, name, blocks, sections, finds } = section;
  const Heading = `h${Math.min(level, 6)}` as 'h2';
  return (
    <section id={id} class={finds === 'section' ? undefined : finds}>
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
