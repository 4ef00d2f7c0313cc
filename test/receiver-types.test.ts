/**
 * The types of receivers and adapters fit the types of the frameworks, and find the mistakes that matter. The files
 * of test/cases/receiver-types use them as a consumer does; lines marked `@ts-expect-error` are mistakes that a
 * compiler must find.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inRepository } from './support/repository.js';
import { compilers, typeCheck } from './support/type-check.js';

const names = <T extends object>(table: T) => Object.keys(table) as (keyof T)[];
const file = (name: string) => inRepository('test', 'cases', 'receiver-types', name);

/** The files of uses, by the projects that they are part of. */
const projects = {
  'Node alone': {
    resolution: 'nodenext',
    lib: ['es2022'],
    types: ['node'],
    files: ['express.ts', 'fastify.ts', 'fetch.ts', 'node-http.ts', 'receive.ts'],
  },
  'Node and the types of a browser': {
    resolution: 'bundler',
    lib: ['es2022', 'dom', 'dom.iterable'],
    types: ['node'],
    files: ['express.ts', 'fastify.ts', 'fetch.ts', 'hono.ts', 'node-http.ts', 'receive.ts'],
  },
  'neither Node nor a browser': {
    resolution: 'nodenext',
    lib: ['es2022'],
    types: [],
    files: ['bare.ts'],
  },
} as const;

it('checks every file of uses, and each has mistakes to find', () => {
  const checked = new Set<string>(names(projects).flatMap((name) => projects[name].files));
  expect([...checked].sort()).toEqual(readdirSync(file('')).sort());
  for (const name of checked) {
    expect(readFileSync(file(name), 'utf8')).toContain('@ts-expect-error');
  }
});

describe.each(names(compilers))('%s', (compiler) => {
  it.each(names(projects))('accepts every use in a project with %s', async (name) => {
    const { files, ...project } = projects[name];
    expect(await typeCheck(files.map(file), { compiler, ...project })).toBe('');
  });
});
