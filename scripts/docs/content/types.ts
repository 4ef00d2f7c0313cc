import { type Identifier, visible } from '../../generate/code.js';
import type { DeclaredTypes } from '../../generate/emit-types.js';

/** How many lines of types are shown with a message: those that it is made of come after its own. */
const MAX_LINES = 120;
const MAX_LENGTH = 20_000;

/** Returns the TypeScript type of each name, with the types that it is made of, without comments. */
export function typeTexts({ compiled, aliases }: DeclaredTypes): (name: Identifier) => string {
  const declared = new Map(
    [...compiled, ...aliases].map(({ name, bare }) => [name as string, visible(bare).trimEnd()]),
  );
  return (name) => {
    const shown: string[] = [];
    const wanted = new Set<string>([name]);
    let lines = 0;
    for (const one of wanted) {
      const text = declared.get(one);
      if (text === undefined) continue;
      lines += text.split('\n').length;
      if (shown.length > 0 && lines > MAX_LINES) break;
      if (text.length > MAX_LENGTH) return `// ${name}: see types.d.ts`;
      shown.push(text);
      for (const used of namesIn(text)) if (declared.has(used)) wanted.add(used);
    }
    const left = [...wanted].slice(shown.length);
    const rest = left.length === 0 ? [] : [`// and ${left.join(', ')}: see types.d.ts`];
    return [...shown, ...rest].join('\n');
  };
}

/** Lists the names that a declaration mentions, texts apart. */
function namesIn(declaration: string): string[] {
  const plain = declaration.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, '');
  return plain.match(/[\p{ID_Start}_$][\p{ID_Continue}$]*/gu) ?? [];
}
