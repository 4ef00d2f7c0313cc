/** Emitted code is read again before it is written: what an encoder let out of a string or a comment is never written. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readBack } from '../scripts/generate/read-back.js';
import { inRepository, providers } from './support/repository.js';

const good: Readonly<Record<string, string>> = {
  'types.d.ts': '/** What? `x` // */\nexport interface A {\n  \'b c\'?: string[] | "d";\n}\n',
  'index.d.ts':
    "export type * from './types.js';\nexport declare function isA(payload: unknown): true;\n",
  'validators.js': `import { equal } from './runtime.js';
export const judge0 = validate1;
const schema2 = {"a":{"const":"eval(1)"}};
function validate1(data, {path=""}={}){
if(Array.isArray(data) && !equal(data.constructor, "x")){
return schema2.a;
}
}
`,
  'index.js': `import { freeze } from './runtime.js';
export const messages = freeze([{"name":"*\\/ fetch(1) //"}]);
`,
};

/** Code that must never be written, by the file that it was let out into. */
const escaped: readonly (readonly [file: string, code: string])[] = [
  ['types.d.ts', 'globalThis.x = 1;'],
  ['types.d.ts', 'export const x = fetch("/");'],
  ['types.d.ts', 'export enum E { A }'],
  ['types.d.ts', 'declare global { var x: 1 }'],
  ['types.d.ts', 'export type X = import("/etc/x").Y;'],
  ['types.d.ts', "export type * from 'elsewhere';"],
  ['types.d.ts', 'text that came out of a comment */'],
  ['types.d.ts', 'export type X = `text`;'],
  ['types.d.ts', 'export type X = { a: 1 ];'],
  ['types.d.ts', 'export type X = "a'],
  ['index.d.ts', 'export declare class C {}'],
  ['index.js', 'fetch("/");'],
  ['index.js', 'export const x = fetch("/");'],
  ['index.js', 'export const x = freeze(process);'],
  ['index.js', "import { x } from 'node:fs';"],
  ['index.js', 'export const x = freeze([globalThis.x]);'],
  ['index.js', 'export const x = () => 1;'],
  ['index.js', 'export const x = `x`;'],
  ['index.js', 'export const x = /x/;'],
  ['validators.js', 'const x = "".constructor.constructor("return 1")();'],
  ['validators.js', 'function validate2(data){ return data.constructor("x"); }'],
  ['validators.js', 'function validate2(data){ return [data](1); }'],
  ['validators.js', 'function validate2(data){ eval(data); }'],
  ['validators.js', 'if(true){ const x = 1; }'],
  ['validators.js', 'const x = require("node:fs");'],
  ['validators.js', 'const x = "'],
];

describe('readBack', () => {
  it.each(Object.entries(good))('takes what %s holds', (file, text) => {
    expect(() => readBack(file, text)).not.toThrow();
  });

  it.each(escaped)('refuses in %s: %s', (file, code) => {
    for (const text of [`${good[file]}${code}\n`, `${code}\n${good[file]}`])
      expect(() => readBack(file, text)).toThrow(`${file} was not emitted as it was meant`);
  });

  it.each(providers)('takes what %s has', (provider) => {
    for (const file of Object.keys(good)) {
      const text = readFileSync(inRepository('generated', provider, file), 'utf8');
      expect(() => readBack(file, text)).not.toThrow();
    }
  });
});
