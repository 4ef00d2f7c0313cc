import type { Json } from '../spec/model.js';
import type { Fault, Run, Test } from './interpret.js';
import type { KeywordTests } from './keyword-tests.js';

/** The keywords that combine schemas, in the order in which Ajv's validators look at them. */
export const alternativeTests: KeywordTests = {
  not(schema, _, { testOf }) {
    const test = testOf(schema);
    return (value, path, run) => !passes(test, value, path, run) || fails(run, path, 'not', {});
  },
  anyOf(schemas, _, { testOf }) {
    const tests = (schemas as Json[]).map(testOf);
    return (value, path, run) => {
      const start = run.faults.length;
      for (const test of tests) {
        if (!test(value, path, run)) continue;
        run.faults.length = start;
        return true;
      }
      return fails(run, path, 'anyOf', {});
    };
  },
  oneOf(schemas, _, { testOf }) {
    const tests = (schemas as Json[]).map(testOf);
    return (value, path, run) => {
      const start = run.faults.length;
      let passing: number | undefined;
      for (const [index, test] of tests.entries()) {
        if (!test(value, path, run)) continue;
        if (passing !== undefined)
          return fails(run, path, 'oneOf', { passingSchemas: [passing, index] });
        passing = index;
      }
      if (passing === undefined) return fails(run, path, 'oneOf', { passingSchemas: null });
      run.faults.length = start;
      return true;
    };
  },
  allOf(schemas, _, { testOf }) {
    const tests = (schemas as Json[]).map(testOf);
    return (value, path, run) => tests.every((test) => test(value, path, run));
  },
  if(schema, { then: consequence = true, else: alternative = true }, { testOf }) {
    const test = testOf(schema);
    const whenTrue = testOf(consequence);
    const whenFalse = testOf(alternative);
    return (value, path, run) =>
      (passes(test, value, path, run) ? whenTrue : whenFalse)(value, path, run);
  },
};

/** Asks a test without keeping what it finds. */
export function passes(test: Test, value: unknown, path: string, run: Run): boolean {
  const start = run.faults.length;
  const isValid = test(value, path, run);
  run.faults.length = start;
  return isValid;
}

function fails(
  { faults }: Run,
  instancePath: string,
  keyword: string,
  params: Fault['params'],
): false {
  faults.push({ instancePath, keyword, params });
  return false;
}
