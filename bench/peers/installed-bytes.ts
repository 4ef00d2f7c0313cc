import { execFileSync } from 'node:child_process';
import { lstatSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Installs a package for production into a folder of its own, without scripts; returns the bytes of all its files. */
export function installedBytes(folder: string, name: string, wanted: string): number {
  const home = join(folder, name);
  mkdirSync(home);
  writeFileSync(join(home, 'package.json'), '{"private": true}');
  const options = ['--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund', '--silent'];
  execFileSync('npm', ['install', ...options, wanted], { cwd: home });
  return bytesOf(join(home, 'node_modules'));
}

function bytesOf(path: string): number {
  const stat = lstatSync(path);
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(path).reduce((sum, name) => sum + bytesOf(join(path, name)), 0);
}
