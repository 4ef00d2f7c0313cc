import { isUtf8 } from 'node:buffer';

/** What another reader makes of a body. */
export interface ExpectedBody {
  /** The codes that it may be refused with. */
  readonly codes: readonly string[];
  /** What it holds, where it may be read. */
  readonly read?: { readonly payload: unknown };
}

/**
 * Reads a body by the rules of receivers and their default limits, in another way than they do. What breaks a rule in
 * a member that another one of its name replaces may be refused, or not.
 */
export function expectedBody(bytes: Uint8Array): ExpectedBody {
  if (bytes.length === 0) return { codes: ['body.empty'] };
  if (!isUtf8(bytes)) return { codes: ['body.not-utf8'] };
  const text = Buffer.from(bytes)
    .toString('utf8')
    .replace(/^\ufeff/, '');
  let payload: unknown;
  try {
    payload = JSON.parse(text);
  } catch {
    return { codes: ['body.not-json'] };
  }
  const bare = text.replace(/"(?:\\.|[^"\\])*"/g, '""');
  const codes = new Set<string>();
  if (deepest(bare) > 128) codes.add('body.too-deep');
  if (numbersIn(bare).some(isUnfit)) codes.add('body.number');
  let kept = 0;
  JSON.parse(text, function (this: object, name, value) {
    if (!Array.isArray(this)) kept += 1;
    if (name === '__proto__') codes.add('body.forbidden-key');
    return value;
  });
  // The value itself is a member of what is handed to the reviver.
  const isShadowing = bare.split(':').length > kept;
  return { codes: [...codes], ...((codes.size === 0 || isShadowing) && { read: { payload } }) };
}

/** Counts brackets. */
function deepest(bare: string): number {
  let depth = 0;
  let most = 0;
  for (const character of bare) {
    if (character === '{' || character === '[') most = Math.max(most, ++depth);
    if (character === '}' || character === ']') depth -= 1;
  }
  return most;
}

function numbersIn(bare: string): readonly string[] {
  return bare.match(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g) ?? [];
}

function isUnfit(number: string): boolean {
  if (!/^-?\d+$/.test(number)) return !Number.isFinite(Number(number));
  const exact = BigInt(number);
  return exact > 2n ** 53n - 1n || exact < 1n - 2n ** 53n;
}
