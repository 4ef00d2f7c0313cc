import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { modulesIn, starts } from './runtime-folder.js';
import { writeFiles } from './temporary-folder.js';

/** A compatibility date at which nodejs_compat is still a flag to set; at later ones it is there by itself. */
const DATE = '2026-01-01';

/**
 * Serves the worker of a runtime folder by workerd, with compatibility flags, asks it once, and returns the text
 * that it answers. workerd chooses the port, and names it on a pipe of its own.
 */
export async function askWorkerd(
  workerd: string,
  folder: string,
  flags: readonly string[],
): Promise<string> {
  const config = `workerd-${flags.join('-')}.capnp`;
  writeFiles(folder, { [config]: configOf(modulesIn(folder), flags) });
  const child = spawn(workerd, ['serve', '--control-fd=3', config], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  let complaint = '';
  child.stderr?.setEncoding('utf8').on('data', (part: string) => {
    complaint += part;
  });
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  try {
    const port = await portFrom(child.stdio[3] as Readable);
    if (port === undefined) {
      await ended;
      throw new Error(`workerd does not listen: ${complaint}`);
    }
    const answer = await fetch(`http://127.0.0.1:${port}/`);
    if (!answer.ok) throw new Error(`workerd answers ${answer.status}: ${complaint}`);
    return await answer.text();
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
}

/** Reads the port; undefined where the pipe ends without it. */
async function portFrom(control: Readable): Promise<number | undefined> {
  for await (const line of createInterface({ input: control })) {
    const { event, port } = JSON.parse(line);
    if (event === 'listen') return port;
  }
  return undefined;
}

/** Writes a configuration with the modules embedded; the first one is the worker. */
function configOf(paths: readonly string[], flags: readonly string[]): string {
  const text = JSON.stringify;
  const others = paths.filter((path) => !Object.values<string>(starts).includes(path));
  const modules = [starts.worker, ...others].map(
    (path) => `(name = ${text(path)}, esModule = embed ${text(path)})`,
  );
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);

const worker :Workerd.Worker = (
  modules = [
    ${modules.join(',\n    ')},
  ],
  compatibilityDate = "${DATE}",
  compatibilityFlags = [${flags.map((flag) => text(flag)).join(', ')}],
);
`;
}
