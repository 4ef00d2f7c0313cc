/**
 * The toolchain of webhook-contracts: what its commands are made of, for programs.
 *
 * A document is read (`readSpec`), checked (`lint`), and turned into a module (`generate`, `planOutput`);
 * `createJudge` judges deliveries by it in memory, `diff` compares two versions of it. Everything wrong with a document or a delivery is a
 * `Problem`, returned; `CannotRun` is thrown where there is nothing to work on.
 */
export { diff } from './compare/diff.js';
export type { Verdict } from './compare/difference.js';
export type { Delivery as WitnessDelivery, Witness } from './compare/evidence.js';
export {
  type Change as DocumentChange,
  problemsOf as problemsOfChanges,
} from './compare/findings.js';
export { type Level, levels, type Rule } from './compare/rules.js';
export type { Versions } from './compare/versions.js';
export type { Config, IgnoredChange, OutputConfig, SpecNames } from './config/config.js';
export { defaultConfig } from './config/config.js';
export { readConfig } from './config/read-config.js';
export type { Coverage } from './contract/coverage.js';
export type { Side } from './contract/proofs.js';
export { type Verification, verifyPacts } from './contract/verify-pacts.js';
export { type GeneratedFiles, generate } from './generate/generate.js';
export { readOutput } from './generate/output-folder.js';
export {
  type Change,
  type FolderState,
  type OutputState,
  type Plan,
  planOutput,
  staleness,
} from './generate/plan.js';
export type { CheckResult, HeadersLike } from './generate/runtime/check.js';
export type { CheckProblem } from './generate/runtime/module.js';
export { writeOutput } from './generate/write-output.js';
export { createJudge, type Judge } from './judge/judge.js';
export { undocumentedMembers } from './judge/undocumented.js';
export { lint } from './lint/lint.js';
export type { Findings } from './problems/findings.js';
export {
  CannotRun,
  hasErrors,
  type Location,
  type Problem,
  type ProblemCode,
  type Severity,
} from './problems/problem.js';
export { renderGithub } from './problems/render-github.js';
export { type JsonProblem, jsonProblems } from './problems/render-json.js';
export { renderJunit } from './problems/render-junit.js';
export { renderMarkdown } from './problems/render-markdown.js';
export { renderSarif } from './problems/render-sarif.js';
export { renderText, type TextStyle } from './problems/render-text.js';
export type { Table } from './problems/table.js';
export { findSpecs } from './spec/find-specs.js';
export type {
  Credential,
  Delivery,
  Example,
  Json,
  JsonObject,
  Message,
  Schema,
  Source,
  SourceDocument,
  Spec,
  StatusRange,
} from './spec/model.js';
export type { ReadLimits } from './spec/read-file.js';
export { type ReadResult, readSpec, type SpecDocument } from './spec/read-spec.js';
