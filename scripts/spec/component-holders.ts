import { componentSection } from './grammar.js';
import { isContainer, type Json, member } from './positions.js';

const sections = [...new Set(Object.values(componentSection))];

/**
 * Knows which values of a document hold its `components`, or a section of them. None of these can become a component:
 * it would hold itself.
 */
export class ComponentHolders {
  /** The values that are known to hold none of it. */
  readonly #others = new Set<Json>();

  constructor(private readonly root: Json) {}

  has(value: Json): boolean {
    const components = member(this.root, 'components');
    const parts = [components, ...sections.map((section) => member(components, section))];
    const seen = new Set<Json>();
    const todo = [value];
    for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
      if (!isContainer(next) || seen.has(next) || this.#others.has(next)) continue;
      if (parts.includes(next)) return true;
      seen.add(next);
      for (const held of Object.values(next)) todo.push(held);
    }
    for (const one of seen) this.#others.add(one);
    return false;
  }
}
