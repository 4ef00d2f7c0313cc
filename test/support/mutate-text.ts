import type { Random } from './random.js';

const alphabets = [
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=',
  Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join(''),
  Array.from({ length: 256 }, (_, index) => String.fromCharCode(index)).join(''),
  '\u0000\u00a0\u017f\u0130\u200b\u212a\ud800\udfff\uff21\ufeff\uffff=,. ',
];

/** Makes a text of random characters: of Base64, ASCII, Latin-1, or of those that code trips over. */
export function randomText(random: Random): string {
  const alphabet = random.pick(alphabets);
  const length = random.pick([0, 1, 43, 44, 45, random.below(100), random.below(30)]);
  return Array.from({ length }, () => alphabet[random.below(alphabet.length)]).join('');
}

/** Copies a text with none to three changes, each so small that lenient code may miss it. */
export function mutatedText(text: string, random: Random): string {
  let mutated = text;
  for (let left = random.below(4); left > 0; left -= 1) mutated = changed(mutated, random);
  return mutated;
}

function changed(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  const [before, here, after] = [text.slice(0, at), text.charAt(at), text.slice(at + 1)];
  const other = random.pick([...random.pick(alphabets)]);
  return random.pick([
    () => before + after,
    () => before + other + here + after,
    () => before + other + after,
    () => before + String.fromCharCode((here.charCodeAt(0) || 0) ^ (1 << random.below(9))) + after,
    () => before + (here === here.toLowerCase() ? here.toUpperCase() : here.toLowerCase()) + after,
    () => before,
    () => here + after,
    () => text + other,
    () => other + text,
    () => `${text}${random.pick([' ', '\n', '=', '\0', ', '])}`,
    () => `${text}, ${text}`,
    () => `${random.pick(['sha256=', 'v1,', 'Bearer ', ' ', '"'])}${text}`,
  ])();
}
