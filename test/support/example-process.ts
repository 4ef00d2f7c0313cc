import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { root } from './repository.js';
import { atEnd } from './wire.js';

/** An example that runs as a process of its own. */
export interface ExampleProcess {
  readonly port: number;
  /** Waits until it has printed something, and returns all that it has printed. */
  printed(wanted: string | RegExp): Promise<string>;
  /** Ends it, and returns all that it has printed. */
  end(): Promise<string>;
}

/** Starts an example on a free port, as its README says; it ends with the test. */
export async function startExample(
  file: string,
  env: Readonly<Record<string, string>>,
): Promise<ExampleProcess> {
  const { NODE_OPTIONS: _, FORCE_COLOR: __, ...inherited } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', file], {
    cwd: root,
    env: { ...inherited, ...env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  atEnd(() => child.kill('SIGKILL'));
  let text = '';
  const closed = once(child, 'close');
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
  }
  /** Looks again whenever something was printed. */
  const printed = (wanted: string | RegExp) =>
    new Promise<string>((done, failed) => {
      const look = () => {
        if (text.search(wanted) >= 0) done(text);
      };
      look();
      child.stdout.on('data', look);
      child.stderr.on('data', look);
      closed.then(() => failed(new Error(`${file} has ended: ${text}`)), failed);
    });
  const start = await printed(/(?:port: |127\.0\.0\.1:)\d+/);
  return {
    port: Number(/(?:port: |127\.0\.0\.1:)(\d+)/.exec(start)?.[1]),
    printed,
    async end() {
      child.kill('SIGKILL');
      await closed;
      return text;
    },
  };
}
