import { charSetOf, coverAll } from './characters.js';
import type { AST } from './syntax.js';

/** Tells whether a part matches whatever comes, if only the empty text, so nothing goes back. */
export function neverFails(node: AST.Element | AST.Alternative): boolean {
  switch (node.type) {
    case 'Alternative':
      return node.elements.every(neverFails);
    case 'Group':
    case 'CapturingGroup':
      return !looksFar(node) && node.alternatives.some(neverFails);
    case 'Quantifier':
      return !looksFar(node) && (node.min === 0 || neverFails(node.element));
    default:
      return false;
  }
}

/** Tells whether a part holds a look-around that itself reads far: its text has a long repeat. */
function looksFar(node: AST.Element | AST.Alternative): boolean {
  switch (node.type) {
    case 'Alternative':
      return node.elements.some(looksFar);
    case 'Group':
    case 'CapturingGroup':
      return node.alternatives.some(looksFar);
    case 'Quantifier':
      return looksFar(node.element);
    case 'Assertion':
      return 'alternatives' in node && /[*+]|,\}|\d{2}\}/.test(node.raw);
    default:
      return false;
  }
}

/** Tells whether a part is a repeat of any character at all, which `$` after it can't fail. */
export function readsAnything(node: AST.Element | undefined): boolean {
  if (node?.type !== 'Quantifier' || node.max !== Number.POSITIVE_INFINITY) return false;
  const { element } = node;
  const choices: AST.Element[][] =
    'alternatives' in element ? element.alternatives.map(({ elements }) => elements) : [[element]];
  const characters = choices.flatMap((choice) => (choice.length === 1 ? choice : []));
  const readable = characters.filter(isCharacter);
  return readable.length === choices.length && coverAll(readable.map(charSetOf));
}

function isCharacter(
  node: AST.Element,
): node is AST.Character | AST.CharacterClass | AST.CharacterSet {
  return ['Character', 'CharacterClass', 'CharacterSet'].includes(node.type);
}

/**
 * Tells whether a group has surely read something, if only nothing, when a reference to it comes.
 *
 * A reference to a group that hasn't reads nothing.
 * https://tc39.es/ecma262/#sec-backreference-matcher
 */
export function isSet(group: AST.CapturingGroup, reference: AST.Backreference): boolean {
  // Behind, parts are read from right to left.
  if (ancestorsOf(reference).some((node) => isAssertion(node) && node.kind === 'lookbehind')) {
    return false;
  }
  for (const node of ancestorsOf(group)) {
    if (node.type === 'Alternative') {
      const isShared = node.start <= reference.start && reference.end <= node.end;
      if (isShared) return group.end <= reference.start;
    } else if (isAssertion(node) || (node.type === 'Quantifier' && node.min === 0)) {
      return false;
    } else if ('alternatives' in node && node.alternatives.length > 1) {
      return false;
    }
  }
  return false;
}

function isAssertion(node: AST.Node): node is AST.Assertion {
  return node.type === 'Assertion';
}

function ancestorsOf(node: AST.Node): AST.Node[] {
  const ancestors: AST.Node[] = [];
  for (let { parent } = node; parent !== null; { parent } = parent) ancestors.push(parent);
  return ancestors;
}
