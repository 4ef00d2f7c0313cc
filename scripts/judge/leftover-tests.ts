import type { JsonObject } from '../spec/model.js';
import { passes } from './alternative-tests.js';
import type { Source } from './coverage.js';
import type { Test } from './interpret.js';
import { type KeywordTests, type MakeTest, memberTest } from './keyword-tests.js';
import type { Leftover } from './leftover.js';

/** The keywords about what is left over of an object or list, in the form that copies give them. */
export const leftoverTests = {
  unevaluatedProperties: leftoverTest('unevaluatedProperty', (value) => Object.keys(value)),
  unevaluatedItems: leftoverTest('unevaluatedItem', (value) => [...(value as unknown[]).keys()]),
} satisfies KeywordTests;

function leftoverTest(
  param: 'unevaluatedProperty' | 'unevaluatedItem',
  membersOf: (value: object) => readonly (string | number)[],
): MakeTest {
  const keyword = param === 'unevaluatedItem' ? 'unevaluatedItems' : 'unevaluatedProperties';
  return (stated, _, { testOf }) => {
    const { rest, ...conditions } = stated as Leftover;
    const sources = (stated as JsonObject).sources as unknown as readonly Source[];
    const expressions = new Map(
      sources.flatMap(({ patterns = [] }) =>
        patterns.map((pattern) => [pattern, new RegExp(pattern, 'u')] as const),
      ),
    );
    const condition = (index: number): Test => testOf(conditions[`${index}`] ?? true);
    const restTest = testOf(rest);
    return (value, path, run) => {
      const holds = (index: number) => passes(condition(index), value, path, run);
      const met = sources.filter(({ when }) =>
        when.every((index) => (index < 0 ? !holds(~index) : holds(index))),
      );
      const covers = (
        { all, names, patterns, prefix, contains }: Source,
        member: string | number,
      ) =>
        all === true ||
        (prefix !== undefined && Number(member) < prefix) ||
        (contains !== undefined &&
          passes(condition(contains), (value as never)[member], `${path}/${member}`, run)) ||
        names?.includes(String(member)) === true ||
        patterns?.some((pattern) => expressions.get(pattern)?.test(String(member))) === true;
      return membersOf(value as object).every((member) => {
        if (met.some((source) => covers(source, member))) return true;
        if (rest !== false) return memberTest(restTest, value, String(member), path, run);
        run.faults.push({ instancePath: path, keyword, params: { [param]: member } });
        return false;
      });
    };
  };
}
