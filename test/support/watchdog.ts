import { Worker } from 'node:worker_threads';

const WATCH = `
const { writeSync } = require('node:fs');
const { parentPort } = require('node:worker_threads');
let timer;
parentPort.on('message', ({ what, limit }) => {
  clearTimeout(timer);
  if (what === undefined) return;
  timer = setTimeout(() => {
    writeSync(2, \`without end: \${what}\\n\`);
    process.kill(process.pid, 'SIGKILL');
  }, limit);
});
`;

/** Ends this process, saying what it was at, where one piece of work takes too long; even where that never yields. */
export class Watchdog {
  readonly #worker = new Worker(WATCH, { eval: true });

  /** `limit` is in milliseconds. */
  constructor(private readonly limit: number) {
    this.#worker.unref();
  }

  async watch<Made>(what: string, work: () => Promise<Made>): Promise<Made> {
    this.#worker.postMessage({ what, limit: this.limit });
    try {
      return await work();
    } finally {
      this.#worker.postMessage({});
    }
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}
