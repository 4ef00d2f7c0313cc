import { Automaton, Condition, either, type Fragment, nothing, optional } from './automaton.js';
import { ALL, type CharSet, charSetOf, splitByWord } from './characters.js';
import { MAX_BUILDS, TooLarge } from './limits.js';
import { type PathCounts, readRepeat } from './repeats.js';
import type { AST } from './syntax.js';
import { isSet, neverFails, readsAnything } from './tree.js';

/** Builds the automaton of a pattern that is searched anywhere in a text. */
export function buildAutomaton(pattern: AST.Pattern): Automaton {
  const builder = new Builder(pattern);
  builder.build();
  return builder.automaton;
}

/**
 * Walks the tree of a pattern.
 *
 * `tail` says whether nothing that can fail follows a part, `depth` how many loops are around it.
 */
class Builder {
  readonly automaton = new Automaton();
  private builds = 0;
  private readonly openGroups = new Set<AST.CapturingGroup>();
  private readonly pathCounts: PathCounts = new Map();
  private readonly knownSets = new Map<string, CharSet[]>();
  /** Whether a word edge matters, so that each position must be in words only, or never. */
  private readonly splitsWords: boolean;

  constructor(private readonly pattern: AST.Pattern) {
    this.splitsWords = /\\b/i.test(pattern.raw);
  }

  build(): void {
    const { automaton } = this;
    const { alternatives } = this.pattern;
    const search = automaton.loop(automaton.read(this.partsOf(ALL)));
    automaton.markSearch(search);
    if (alternatives.some(neverFails)) {
      // What always matches matches at once, at the first place tried.
      for (const alternative of alternatives) automaton.start(this.sequence(alternative, true, 0));
    } else {
      automaton.start(automaton.join(optional(search), this.choice(alternatives, true, 0)));
    }
  }

  private choice(alternatives: readonly AST.Alternative[], tail: boolean, depth: number): Fragment {
    return either(alternatives.map((alternative) => this.sequence(alternative, tail, depth)));
  }

  /** Builds a sequence from its end, leaving out whatever there can't fail. */
  private sequence({ elements }: AST.Alternative, tail: boolean, depth: number): Fragment {
    let result = nothing();
    let canFail = !tail;
    for (const [i, element] of [...elements.entries()].reverse()) {
      if (canFail) {
        result = this.automaton.join(this.element(element, false, depth), result);
      } else if (neverFails(element)) {
        // Never gone back into; but inside of it, something may fail again and again.
        this.automaton.start(this.inside(element, depth));
      } else if (!(isEnd(element) && readsAnything(elements[i - 1]))) {
        result = this.element(element, true, depth);
        canFail = true;
      }
    }
    return result;
  }

  private inside(node: AST.Element, depth: number): Fragment {
    if (node.type === 'Quantifier') return this.inside(node.element, depth);
    if (node.type !== 'Group' && node.type !== 'CapturingGroup') return nothing();
    return this.choice(node.alternatives, true, depth);
  }

  private element(node: AST.Element, tail: boolean, depth: number): Fragment {
    if (++this.builds > MAX_BUILDS) throw new TooLarge('too many repeats in repeats');
    switch (node.type) {
      case 'Group':
        return this.choice(node.alternatives, tail, depth);
      case 'CapturingGroup': {
        this.openGroups.add(node);
        const fragment = this.choice(node.alternatives, tail, depth);
        this.openGroups.delete(node);
        return fragment;
      }
      case 'Quantifier':
        return this.repeat(node, tail, depth);
      case 'Assertion':
        return this.assertion(node);
      case 'Backreference':
        return this.reference(node, depth);
      default: {
        const sets = this.knownSets.get(node.raw) ?? this.partsOf(charSetOf(node));
        this.knownSets.set(node.raw, sets);
        return this.automaton.read(sets);
      }
    }
  }

  private partsOf(set: CharSet): CharSet[] {
    if (this.splitsWords) return splitByWord(set);
    return set.isEmpty ? [] : [set];
  }

  private assertion(node: AST.Assertion): Fragment {
    switch (node.kind) {
      case 'start':
        return nothing(Condition.textStart);
      case 'end':
        return nothing(Condition.textEnd);
      case 'word':
        return nothing(node.negate ? Condition.noWordEdge : Condition.wordEdge);
      default: {
        // A dead end beside the rest. Looking behind is treated like looking ahead: what counts is
        // how far, and a run of one text reads the same from both sides.
        const { first } = this.choice(node.alternatives, node.kind === 'lookahead', 0);
        return { ...nothing(), first };
      }
    }
  }

  /** Builds the groups that a reference may refer to once more. */
  private reference(node: AST.Backreference, depth: number): Fragment {
    const groups = [node.resolved].flat().filter((group) => !this.openGroups.has(group));
    const read = either(groups.map((group) => this.element(group, false, depth)));
    const isSurelySet = groups.length > 0 && groups.every((group) => isSet(group, node));
    return isSurelySet ? read : optional(read);
  }

  private repeat(node: AST.Quantifier, tail: boolean, depth: number): Fragment {
    const { min, max, element } = node;
    if (max === 0) return nothing();
    const { copies, rest } = readRepeat(node, tail, depth, this.pathCounts);
    let result: Fragment;
    if (rest === 'last') result = this.element(element, true, depth);
    else if (rest === 'options') result = this.options(element, max - min, depth);
    else result = this.loop(node, rest === 'fold', depth);
    for (let copy = 0; copy < copies; copy++) {
      result = this.automaton.join(this.element(element, false, depth), result);
    }
    return result;
  }

  private options(element: AST.Element, count: number, depth: number): Fragment {
    let result = nothing();
    for (let option = 0; option < count; option++) {
      const copy = { ...this.element(element, false, depth), empty: [] };
      result = optional(this.automaton.join(copy, result));
    }
    return result;
  }

  private loop(node: AST.Quantifier, isFold: boolean, depth: number): Fragment {
    const from = this.automaton.sets.length;
    const body = this.element(node.element, false, depth + 1);
    if (isFold && body.empty.some(({ count }) => count > 1)) {
      throw new TooLarge('a repeat that can read nothing in several ways');
    }
    // Turns that may read nothing can stand anywhere among those that must be made.
    const loop = this.automaton.loop(body, isFold && body.empty.length > 0 ? 2 : 1);
    this.automaton.markLoop(node, from);
    return node.min === 0 ? optional(body) : loop;
  }
}

function isEnd(element: AST.Element): boolean {
  return element.type === 'Assertion' && element.kind === 'end';
}
