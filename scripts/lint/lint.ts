import { type Config, defaultConfig } from '../config/config.js';
import { explain } from '../generate/runtime/explain.js';
import { createJudge, type Judge } from '../judge/judge.js';
import { distinct, hasErrors, type Problem, problem } from '../problems/problem.js';
import { type ReadResult, readSpec, type SpecDocument } from '../spec/read-spec.js';
import { checkCorrelation } from './check-correlation.js';
import { checkCredentials } from './check-credentials.js';
import { checkDelivery } from './check-delivery.js';
import { checkExtensions } from './check-extensions.js';
import {
  checkChoices,
  checkExamples,
  checkMessageSources,
  checkNames,
  reasonOf,
} from './check-messages.js';
import { checkRecursion } from './check-recursion.js';
import { checkRequests } from './check-requests.js';
import { checkSchemas, shownValues } from './check-schemas.js';

/** Checks everything about a document that was read: schemas, names, examples, and that each message can be told. */
export function lint(read: SpecDocument, config: Config = defaultConfig): Problem[] {
  const { document, locate } = read;
  const problems = [
    ...checkSchemas(read, config.lint),
    ...checkRecursion(read),
    ...checkNames(read),
    ...checkExtensions(read),
    ...checkCredentials(read),
    ...checkDelivery(document, locate),
    ...checkRequests(read),
    ...checkCorrelation(read),
    ...(config.lint.requireSources ? checkMessageSources(read) : []),
    ...checkChoices(read),
  ];
  // What follows runs validators, which can only be made of schemas without fault.
  if (hasErrors(problems)) return problems;
  try {
    const judge = createJudge(read);
    return [...problems, ...checkExamples(read, judge), ...checkShownValues(read, judge)];
  } catch (error) {
    // The compiler works by recursion; what is too deep or wide for it can't be told before.
    if (!(error instanceof RangeError)) throw error;
    return [...problems, problem('schema.too-large', {}, locate(''))];
  }
}

/**
 * Reads a document and checks it: the one way in for every command that works on specs. `onOpen` is told each file
 * that is opened.
 */
export function readAndLint(
  file: string,
  config: Config,
  cwd: string,
  onOpen?: (path: string) => void,
): ReadResult {
  const { spec, problems } = readSpec(file, { cwd, ...(onOpen === undefined ? {} : { onOpen }) });
  if (spec === undefined) return { spec, problems };
  const all = distinct([...problems, ...lint(spec, config)]);
  return { spec: hasErrors(all) ? undefined : spec, problems: all };
}

/** Checks the defaults and examples that schemas show of themselves. */
function checkShownValues({ places, locate }: SpecDocument, { validatorOf }: Judge): Problem[] {
  return shownValues(places).flatMap(({ schema, keyword, value, pointer }) => {
    const validate = validatorOf(schema);
    if (validate(value) === true) return [];
    const fault = explain(validate.errors ?? [], value);
    const code = keyword === 'default' ? 'schema.default.invalid' : 'schema.example.invalid';
    return [problem(code, { reason: reasonOf(fault) }, locate(`${pointer}${fault.path}`))];
  });
}
