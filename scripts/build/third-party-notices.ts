import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BundledPackage } from './bundled-packages.js';

/**
 * Writes the notices of the packages that bundles hold code of: each name, version and licence, with its text.
 */
export function noticesOf(packages: readonly BundledPackage[]): string {
  return packages.map(noticeOf).sort().join('\n');
}

function noticeOf({ folder, name, version, license }: BundledPackage): string {
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|notice|copying)/i.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  if (license === undefined && texts.length === 0) throw new Error(`${folder} states no licence`);
  return `${[`== ${name} ${version} (${license})`, ...texts].join('\n\n')}\n`;
}
