import type { Random } from './random.js';

/** Texts that readers of JSON disagree about, as bytes. */
const parts = [
  ...['"__proto__":{},', '"\\u005f_proto__":1,', '"\\ud800"', '"\\u0000"'],
  ...['1e400', '-1e400', '9007199254740993', '1e20', '-0', 'NaN', '/**/'],
  ...[...'{}[],"\\\ufeff\u2028'],
  `${'['.repeat(127)}${']'.repeat(127)}`,
  `${'{"a":'.repeat(130)}1${'}'.repeat(130)}`,
].map((text) => Buffer.from(text));

/** Bytes that are no UTF-8, and a NUL. */
const bytes = [
  [0xff],
  [0xc0, 0xaf],
  [0xed, 0xa0, 0x80],
  [0xe2, 0x82],
  [0xf4, 0x90, 0x80, 0x80],
  [0],
].map((list) => Buffer.from(list));

/** Members that break a rule, or nearly. */
const members = [
  '"__proto__":{}',
  '"\\u005f_proto__":1',
  '"a":"__proto__"',
  '"id":9007199254740992',
  `"deep":${'['.repeat(128)}${']'.repeat(128)}`,
];
const byteOrderMark = Buffer.from('\ufeff');

/** Copies bytes with none to three changes. */
export function mutatedBytes(original: Uint8Array, random: Random): Uint8Array {
  let mutated = Buffer.from(original);
  for (let left = random.below(4); left > 0; left -= 1) mutated = changed(mutated, random);
  return mutated;
}

function changed(body: Buffer<ArrayBuffer>, random: Random): Buffer<ArrayBuffer> {
  const at = random.below(body.length + 1);
  const to = Math.min(body.length, at + random.below(8));
  const spliced = (end: number, part: Uint8Array) =>
    Buffer.concat([body.subarray(0, at), part, body.subarray(end)]);
  return random.pick([
    () => spliced(at, random.pick(parts)),
    () => spliced(at, random.pick(bytes)),
    () => spliced(at + 1, Buffer.from([random.below(256)])),
    () => spliced(at + 1, Buffer.from([(body[at] ?? 0) ^ (1 << random.below(8))])),
    () => spliced(at, body.subarray(at, to)),
    () => spliced(to, Buffer.alloc(0)),
    () => spliced(at, Buffer.from(random.pick([' ', '\n', '\t', '\r']))),
    () => (random.below(8) === 0 ? body.subarray(0, at) : spliced(at, Buffer.from(' '))),
    () => valueReplaced(body, random),
    () => memberAdded(body, random),
    () => (random.below(8) === 0 ? Buffer.concat([byteOrderMark, body]) : body),
  ])();
}

/** Puts one of the parts in the place of a number or a text. */
function valueReplaced(body: Buffer, random: Random): Buffer<ArrayBuffer> {
  const text = body.toString('latin1');
  const values = [...text.matchAll(/(?<=:\s*)(?:"[^"\\]*"|-?\d[\d.]*)/g)];
  if (values.length === 0) return Buffer.from(body);
  const { 0: value, index } = random.pick(values);
  const part = random.pick([...parts, ...bytes]).toString('latin1');
  return Buffer.from(text.slice(0, index) + part + text.slice(index + value.length), 'latin1');
}

/** Puts a member before the first one of some object. */
function memberAdded(body: Buffer, random: Random): Buffer<ArrayBuffer> {
  const text = body.toString('latin1');
  const objects = [...text.matchAll(/\{(?=\s*")/g)];
  if (objects.length === 0) return Buffer.from(body);
  const at = random.pick(objects).index + 1;
  return Buffer.from(`${text.slice(0, at)}${random.pick(members)},${text.slice(at)}`, 'latin1');
}
