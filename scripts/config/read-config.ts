import { lstatSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { type Problem, problem } from '../problems/problem.js';
import { dataCheck } from '../spec/check-data.js';
import { parseJson } from '../spec/parse-json.js';
import { Positions } from '../spec/positions.js';
import { readText } from '../spec/read-file.js';
import {
  type Config,
  configSchema,
  defaultConfig,
  type OutputConfig,
  type SpecNames,
} from './config.js';

/** The configuration's file, in the working folder. */
export const CONFIG_FILE = 'webhook-contracts.json';
const LIMIT = 1_000_000;

/** Reads `webhook-contracts.json` in a folder; returns the defaults where there is none. */
export function readConfig(cwd: string): { config: Config; problems: readonly Problem[] } {
  const path = join(cwd, CONFIG_FILE);
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined)
    return { config: defaultConfig, problems: [] };
  const failed = (...problems: readonly Problem[]) => ({ config: defaultConfig, problems });
  const { source, problems } = readText(CONFIG_FILE, path, LIMIT);
  if (source === undefined) return failed(...problems);
  const positions = new Positions();
  const { value, fault } = parseJson(source, positions);
  if (fault !== undefined)
    return failed(problem('json.syntax', { reason: fault.reason }, source.locate(fault.offset)));
  const wrong = dataCheck(configSchema)(value);
  if (wrong !== undefined) {
    const place = positions.ofPointer(value, wrong.path, wrong.part) ?? source.locate(0);
    return failed(problem('config.invalid', { reason: wrong.reason }, place));
  }
  const given = value as unknown as Given;
  const inside = outputInside(given.outputs ?? [], cwd);
  if (inside !== undefined) {
    const places = inside.map((index) => positions.ofPointer(value, `/outputs/${index}/out`));
    const reason = 'has an output inside another one, or the same twice';
    return failed(
      problem('config.invalid', { reason }, ...places.filter((place) => place !== undefined)),
    );
  }
  return { config: withDefaults(given), problems: [] };
}

/** Finds an output that lies in another one, or is one that stands before: the index of both. */
function outputInside(outputs: readonly OutputConfig[], cwd: string): [number, number] | undefined {
  const paths = outputs.map(({ out }) => `${resolve(cwd, out)}${sep}`);
  for (const [index, path] of paths.entries()) {
    const other = paths.findIndex(
      (outer, at) => path.startsWith(outer) && (path !== outer || at < index),
    );
    if (other !== -1) return [index, other];
  }
  return undefined;
}

interface Given {
  readonly lint?: Partial<Config['lint']>;
  readonly names?: Readonly<Record<string, Partial<SpecNames>>>;
  readonly outputs?: readonly OutputConfig[];
  readonly diff?: Partial<Config['diff']>;
}

function withDefaults({ lint = {}, names = {}, outputs = [], diff = {} }: Given): Config {
  return {
    lint: { ...defaultConfig.lint, ...lint },
    names: Object.fromEntries(
      Object.entries(names).map(([spec, given]) => [spec, { messages: {}, schemas: {}, ...given }]),
    ),
    outputs,
    diff: { ...defaultConfig.diff, ...diff },
  };
}
