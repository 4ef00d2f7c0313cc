import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { CannotRun } from '../problems/problem.js';

/** The port where nobody names one. */
const PORT = 8000;

/** How long a page waits for a change before it asks again, in milliseconds. */
const PATIENCE = 25_000;

/** Reads the port of `--serve`; throws `CannotRun` where it is none. */
export function portOf(given: string | true): number {
  if (given === true) return PORT;
  if (/^\d{1,5}$/.test(given) && Number(given) <= 65_535) return Number(given);
  throw new CannotRun(`--serve ${given}: is not a port; name documents before it`);
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
};
const TEXT = 'text/plain; charset=utf-8';

/**
 * Where pages wait for the next state of the site: a script, since that is all that their policy lets them load. Another
 * one asks for it once the page is there, which would else seem to be loading.
 */
const WAIT = '__changed.js';
const LIVE = '__live.js';

/** What is shown where there is no page; it waits for one. */
const MISSING =
  '<!doctype html><html lang="en"><head><title>Not found</title></head><body><p>There is no such page.</p></body></html>';

/** Shows a site on this machine, from memory: no file is ever read for a request. Pages load anew when it changes. */
export class SiteServer {
  #files: ReadonlyMap<string, string> = new Map();
  #version = 0;
  readonly #waiting = new Set<ServerResponse>();

  private constructor(private readonly server: Server) {
    server.on('request', (request, response) => this.#answer(request, response));
  }

  /** Starts a server on a port of the loopback interface, 0 for any; throws `CannotRun` where that can't be had. */
  static start(port: number): Promise<SiteServer> {
    const server = createServer();
    return new Promise((resolve, reject) => {
      server.once('error', ({ code = 'unknown reason' }: NodeJS.ErrnoException) => {
        const reason = code === 'EADDRINUSE' ? 'is taken' : `can't be had (${code})`;
        reject(new CannotRun(`--serve: port ${port} ${reason}; name another one: --serve PORT`));
      });
      server.listen(port, '127.0.0.1', () => resolve(new SiteServer(server)));
    });
  }

  /** The address of the start page. */
  get url(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}/`;
  }

  /** Shows these files from now on. */
  show(files: ReadonlyMap<string, string>): void {
    this.#files = files;
    this.#version += 1;
    for (const response of [...this.#waiting]) {
      this.#send(response, 200, '.js', 'location.reload();');
    }
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  #answer({ method = '', url = '/', headers }: IncomingMessage, response: ServerResponse): void {
    const path = decoded(url.replace(/[?#].*$/s, '').slice(1));
    const version = url.slice(url.indexOf('?') + 1);
    // A page of somebody else's must not read this site, be it by another name that leads here.
    const isElsewhere = !/^(?:localhost|127\.0\.0\.1)(?::\d+)?$/.test(headers.host ?? '');
    if (isElsewhere || ['cross-site', 'same-site'].includes(String(headers['sec-fetch-site']))) {
      this.#send(response, 403, '', 'This site is for this machine only.\n');
    } else if (method !== 'GET' && method !== 'HEAD') {
      this.#send(response, 405, '', 'Only GET and HEAD.\n');
    } else if (path === LIVE) {
      this.#send(response, 200, '.js', `addEventListener('load', () => {${again(version)}});`);
    } else if (path === WAIT) this.#wait(version, response);
    else this.#sendFile(response, path === '' || path.endsWith('/') ? `${path}index.html` : path);
  }

  #sendFile(response: ServerResponse, file: string): void {
    const text = this.#files.get(file);
    if (text === undefined) this.#send(response, 404, '.html', this.#live(MISSING));
    else this.#send(response, 200, extname(file), file.endsWith('.html') ? this.#live(text) : text);
  }

  /** Adds what loads a page anew when the site has changed. */
  #live(html: string): string {
    return html.replace('</head>', `<script src="/${LIVE}?${this.#version}"></script></head>`);
  }

  #wait(version: string, response: ServerResponse): void {
    if (version !== String(this.#version)) {
      this.#send(response, 200, '.js', 'location.reload();');
      return;
    }
    this.#waiting.add(response);
    const timer = setTimeout(() => this.#send(response, 200, '.js', again(version)), PATIENCE);
    response.on('close', () => clearTimeout(timer));
  }

  #send(response: ServerResponse, status: number, ending: string, body: string): void {
    this.#waiting.delete(response);
    if (response.headersSent || response.destroyed) return;
    response.writeHead(status, {
      'Content-Type': types[ending] ?? TEXT,
      'Cache-Control': 'no-store',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'X-Content-Type-Options': 'nosniff',
    });
    response.end(body);
  }
}

/** Writes a script that asks whether there is another state by now. */
function again(version: string): string {
  const url = JSON.stringify(`/${WAIT}?${version.replace(/\D/g, '')}`);
  return `{ const script = document.createElement('script'); script.src = ${url}; document.head.append(script); }`;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
