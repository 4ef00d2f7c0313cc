import { readFileSync } from 'node:fs';
import type { BundledPackage } from './bundled-packages.js';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

/**
 * Writes what the package is made of (an SBOM): the packages whose code its bundles hold, which it does not depend on and
 * `npm sbom` does not know, and those that are installed with it. https://cyclonedx.org/docs/1.5/json/
 */
export function billOfMaterials(bundled: readonly BundledPackage[]): string {
  const { name, version, license, dependencies }: Manifest = readJson('package.json');
  const { packages }: { packages: Readonly<Record<string, LockedPackage>> } =
    readJson('package-lock.json');
  const installed = Object.keys(dependencies).map((dependency): BundledPackage => {
    const folder = `node_modules/${dependency}`;
    return { folder, name: dependency, version: '', license: undefined, ...packages[folder] };
  });
  const all = [...bundled, ...installed].sort((one, other) => (one.folder < other.folder ? -1 : 1));
  const components = all.map((one) => ({
    type: 'library',
    'bom-ref': referenceTo(one),
    name: one.name,
    version: one.version,
    purl: referenceTo(one),
    licenses: licensesOf(one.license),
    // The repository may be built through a link to the packages of another.
    hashes: hashesOf(packages[one.folder.slice(one.folder.indexOf('node_modules/'))]),
  }));
  const own = referenceTo({ name, version });
  const bill = {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: {
      component: {
        type: 'library',
        'bom-ref': own,
        name,
        version,
        purl: own,
        licenses: licensesOf(license),
      },
    },
    components: [...new Map(components.map((one) => [one['bom-ref'], one])).values()],
  };
  return `${JSON.stringify(bill, null, 2)}\n`;
}

interface LockedPackage {
  readonly version: string;
  readonly license?: string;
  /** Hashes in Base64, each after its algorithm: `sha512-…`. */
  readonly integrity?: string;
}

/** https://github.com/package-url/purl-spec/blob/main/types-doc/npm-definition.md */
function referenceTo({ name, version }: Pick<BundledPackage, 'name' | 'version'>): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

function licensesOf(license: string | undefined): object[] {
  if (license === undefined) return [];
  return /\s/.test(license) ? [{ expression: license }] : [{ license: { id: license } }];
}

function hashesOf(locked: LockedPackage | undefined): object[] {
  const [, hash] = /^sha512-(.+)$/.exec(locked?.integrity ?? '') ?? [];
  return hash === undefined
    ? []
    : [{ alg: 'SHA-512', content: Buffer.from(hash, 'base64').toString('hex') }];
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8'));
}
