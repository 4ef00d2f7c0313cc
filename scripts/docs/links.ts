import { posix } from 'node:path';
import type { Target } from './content.js';
import type { Places } from './layout.js';
import { safeUrl } from './markdown.js';

/** Where the links of one page lead, as addresses relative to it. */
export class Links {
  constructor(
    private readonly path: string,
    private readonly places: Places,
    /** How the pages that are linked end: `.html` or `.md`. */
    private readonly ending: string,
  ) {}

  /** Returns the address of a target; undefined where nothing may be linked. */
  to(target: Target): string | undefined {
    if ('url' in target) return safeUrl(target.url);
    if ('file' in target) return this.toFile(target.file);
    return this.toPage(target.page, target.id);
  }

  /** Returns the address of a page, or of what is on it, wherever that was laid out. */
  toPage(page: string, id?: string): string {
    if (id === undefined) return this.toFile(`${page}${this.ending}`);
    const home = this.places.pageOf({ page, id });
    const file = home === this.path ? '' : this.toFile(`${home}${this.ending}`);
    return `${file}#${encodeURIComponent(id)}`;
  }

  /** Returns the address of a file of the site. */
  toFile(file: string): string {
    return encodeURI(posix.relative(posix.dirname(this.path), file));
  }
}
