import type { Selection } from '../generate/runtime/select.js';
import type { JsonObject, Message, Spec } from '../spec/model.js';
import { type Shape, shapeOf, typeOf } from './shape.js';

/** Finds, once, how to tell a spec's messages apart: the toolchain and generated code follow the same tree. */
export function selectionOf(spec: Spec, document: JsonObject): Selection {
  const known = selections.get(spec);
  if (known !== undefined) return known;
  const candidates = spec.messages.map((message, index) => candidateOf(message, index, document));
  const selection = divide(candidates, []);
  selections.set(spec, selection);
  return selection;
}

const selections = new WeakMap<Spec, Selection>();

/** Returns the groups of messages that nothing tells apart, each with its indexes in the spec. */
export function overlaps(selection: Selection): number[][] {
  const found = new Map<string, number[]>();
  const visit = (node: Selection): void => {
    if ('messages' in node) {
      if (node.messages.length > 1) found.set(node.messages.join(), [...node.messages]);
    } else if ('has' in node) {
      visit(node.yes);
      visit(node.no);
    } else if ('types' in node) {
      for (const [, next] of node.types) visit(next);
    } else {
      for (const [, next] of node.cases) visit(next);
      if (node.otherwise !== undefined) visit(node.otherwise);
    }
  };
  visit(selection);
  return [...found.values()];
}

interface Candidate {
  readonly index: number;
  readonly payload: Shape;
  /** With lower-case names: header names match in any case. */
  readonly headers: Shape;
  /** The headers' names as the document writes them, by their lower-case names. */
  readonly spelling: ReadonlyMap<string, string>;
}

function candidateOf(message: Message, index: number, document: JsonObject): Candidate {
  const headers = shapeOf(document, message.headers?.json);
  const names = [...headers.members.keys(), ...headers.required];
  return {
    index,
    payload: shapeOf(document, message.payload?.json),
    headers: {
      ...headers,
      required: new Set([...headers.required].map((name) => name.toLowerCase())),
      members: new Map([...headers.members].map(([name, shape]) => [name.toLowerCase(), shape])),
    },
    spelling: new Map(names.map((name) => [name.toLowerCase(), name])),
  };
}

/** A question that was found, and how it divides the messages. */
interface Question {
  readonly id: string;
  /** How many messages its largest group holds. */
  readonly largest: number;
  /** Whether every message gives an answer of its own, rather than fitting any. */
  readonly clean: boolean;
  readonly build: (asked: readonly string[]) => Selection;
}

function divide(candidates: readonly Candidate[], asked: readonly string[]): Selection {
  if (candidates.length <= 1) return { messages: candidates.map(({ index }) => index) };
  const questions = [
    ...valueQuestions(candidates),
    ...typeQuestions(candidates),
    ...presenceQuestions(candidates),
  ].filter(({ id, largest }) => !asked.includes(id) && largest < candidates.length);
  // One question that tells all apart is the discriminator. Where it takes several, they are asked as they
  // stand in the document, so that an unknown value of the first one is an unknown message.
  const best =
    questions.find(({ largest, clean }) => largest === 1 && clean) ??
    questions.find(({ clean }) => clean) ??
    questions.toSorted((one, other) => one.largest - other.largest)[0];
  return best === undefined
    ? { messages: candidates.map(({ index }) => index) }
    : best.build([...asked, best.id]);
}

/** Questions after a constant at a place where at least two messages must have different ones. */
function valueQuestions(candidates: readonly Candidate[]): Question[] {
  return (['payload', 'headers'] as const).flatMap((part) =>
    requiredPaths(candidates, part).flatMap((path) => {
      const constants = candidates.map((candidate) => constantsAt(candidate[part], path));
      const values = [...new Set(constants.flatMap((list) => list ?? []))];
      const open = candidates.filter((_, i) => constants[i] === undefined);
      if (values.length < 2) return [];
      const groups = values.map(
        (value) =>
          [value, candidates.filter((_, i) => constants[i]?.includes(value) ?? true)] as const,
      );
      return [
        {
          id: `${part}:${path.join('/')}`,
          largest: Math.max(open.length, ...groups.map(([, group]) => group.length)),
          clean: open.length === 0,
          build: (asked: readonly string[]): Selection => ({
            in: part,
            path: part === 'payload' ? path : path.map((name) => spelled(name, candidates)),
            cases: groups.map(([value, group]) => [value, divide(group, asked)] as const),
            ...(open.length === 0 ? {} : { otherwise: divide(open, asked) }),
          }),
        },
      ];
    }),
  );
}

function spelled(name: string, candidates: readonly Candidate[]): string {
  return candidates.find(({ spelling }) => spelling.has(name))?.spelling.get(name) ?? name;
}

/** The question after the body's type, where messages have different ones. */
function typeQuestions(candidates: readonly Candidate[]): Question[] {
  if (candidates.some(({ payload }) => payload.types === undefined)) return [];
  const types = [...new Set(candidates.flatMap(({ payload }) => [...(payload.types ?? [])]))];
  if (types.length < 2) return [];
  const groups = types.map(
    (type) =>
      [type, candidates.filter(({ payload }) => payload.types?.has(type) === true)] as const,
  );
  return [
    {
      id: 'type',
      largest: Math.max(...groups.map(([, group]) => group.length)),
      clean: true,
      build: (asked) => ({
        types: groups.map(([type, group]) => [type, divide(group, asked)] as const),
      }),
    },
  ];
}

/** Questions after a member that some messages must have and others can't. */
function presenceQuestions(candidates: readonly Candidate[]): Question[] {
  return requiredPaths(candidates, 'payload').flatMap((path) => {
    const present = candidates.filter(({ payload }) => !isForbidden(payload, path));
    const absent = candidates.filter(({ payload }) => !isRequired(payload, path));
    if (present.length === 0 || absent.length === 0) return [];
    return [
      {
        id: `has:${path.join('/')}`,
        largest: Math.max(present.length, absent.length),
        clean: present.length + absent.length === candidates.length,
        build: (asked: readonly string[]): Selection => ({
          has: path,
          yes: divide(present, asked),
          no: divide(absent, asked),
        }),
      },
    ];
  });
}

const MAX_PATH = 4;

/** Lists the paths that at least one candidate requires, shortest first, then in document order. */
function requiredPaths(candidates: readonly Candidate[], part: 'payload' | 'headers'): string[][] {
  const paths = new Map<string, string[]>();
  let level = candidates.map((candidate) => ({ path: [] as string[], shape: candidate[part] }));
  for (let depth = 0; depth < MAX_PATH && level.length > 0; depth += 1) {
    const next: typeof level = [];
    for (const { path, shape } of level) {
      for (const name of shape.required) {
        const longer = [...path, name];
        paths.set(JSON.stringify(longer), longer);
        const child = shape.members.get(name);
        if (child !== undefined) next.push({ path: longer, shape: child });
      }
    }
    level = next;
  }
  return [...paths.values()];
}

function constantsAt(shape: Shape, path: readonly string[]): Shape['constants'] {
  const target = requiredAt(shape, path);
  const { constants, types } = target ?? {};
  return constants?.every((value) => types === undefined || types.has(typeOf(value))) === true
    ? constants
    : undefined;
}

/** Returns the shape at a path every step of which is required. */
function requiredAt(shape: Shape, path: readonly string[]): Shape | undefined {
  return path.reduce<Shape | undefined>(
    (at, name) => (at?.required.has(name) === true ? at.members.get(name) : undefined),
    shape,
  );
}

function isRequired(shape: Shape, path: readonly string[]): boolean {
  const parent = path.length === 1 ? shape : requiredAt(shape, path.slice(0, -1));
  return parent?.required.has(path.at(-1) ?? '') === true;
}

function isForbidden(shape: Shape, path: readonly string[]): boolean {
  let at: Shape | undefined = shape;
  for (const name of path) {
    at = at.members.get(name);
    if (at === undefined) return false;
    if (at.never) return true;
  }
  return false;
}
