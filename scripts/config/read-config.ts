import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { type Problem, problem } from '../problems/problem.js';
import { dataCheck } from '../spec/check-data.js';
import { parseJson } from '../spec/parse-json.js';
import { Positions } from '../spec/positions.js';
import { readText } from '../spec/read-file.js';
import { type Config, configSchema, defaultConfig, type SpecNames } from './config.js';

const FILE = 'webhook-contracts.json';
const LIMIT = 1_000_000;

/** Reads `webhook-contracts.json` in a folder; returns the defaults where there is none. */
export function readConfig(cwd: string): { config: Config; problems: readonly Problem[] } {
  const path = join(cwd, FILE);
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined)
    return { config: defaultConfig, problems: [] };
  const failed = (...problems: readonly Problem[]) => ({ config: defaultConfig, problems });
  const { source, problems } = readText(FILE, path, LIMIT);
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
  return { config: withDefaults(value as unknown as Given), problems: [] };
}

interface Given {
  readonly lint?: Partial<Config['lint']>;
  readonly names?: Readonly<Record<string, Partial<SpecNames>>>;
}

function withDefaults({ lint = {}, names = {} }: Given): Config {
  return {
    lint: { ...defaultConfig.lint, ...lint },
    names: Object.fromEntries(
      Object.entries(names).map(([spec, given]) => [spec, { messages: {}, schemas: {}, ...given }]),
    ),
  };
}
