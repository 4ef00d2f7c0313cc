import { posix } from 'node:path';
import type { Target } from './content.js';
import type { Places } from './layout.js';
import { safeUrl } from './markdown.js';

/** Where the links of one page lead, as addresses relative to it. */
export class Links {
  constructor(
    private readonly path: string,
    private readonly places: Places,
    /** How the pages that are linked end; Markdown has no fragments of ours. */
    private readonly ending: '.html' | '.md',
  ) {}

  /** Returns the address of a target; undefined where nothing may be linked. */
  to(target: Target): string | undefined {
    if ('url' in target) return safeUrl(target.url);
    if ('file' in target) return this.toFile(target.file);
    const isHere = this.places.pageOf(target) === this.path;
    return isHere && this.ending === '.md' ? undefined : this.toPage(target.page, target.id);
  }

  /** Returns the address of a page, or of what is on it, wherever that was laid out. */
  toPage(page: string, id?: string): string {
    const home = id === undefined ? page : this.places.pageOf({ page, id });
    if (id === undefined || this.ending === '.md') return this.toFile(`${home}${this.ending}`);
    const file = home === this.path ? '' : this.toFile(`${home}${this.ending}`);
    return `${file}#${encodeURIComponent(id)}`;
  }

  /** Returns the address of a file of the site. */
  toFile(file: string): string {
    return encodeURI(posix.relative(posix.dirname(this.path), file));
  }
}
