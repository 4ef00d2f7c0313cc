import type { ProblemCode, ProblemDetails } from '../problems/problem.js';
import type { Rule } from './pact.js';
import type { Path } from './rule-index.js';

/** What is wrong with a place of contents; `pointer` is the place in the document, `rule` the rule it is about. */
export type Finding = {
  [C in ProblemCode]: {
    readonly code: C;
    readonly details: ProblemDetails[C];
    readonly path: Path;
    readonly pointer: string | undefined;
    readonly rule?: Rule;
  };
}[ProblemCode];
