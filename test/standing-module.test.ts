/** A module is taken as it stands only where it is what would be generated again. */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeModule } from '../scripts/commands/make-module.js';
import { defaultConfig } from '../scripts/config/config.js';
import { saidAgain } from '../scripts/generate/kept-warnings.js';
import { MANIFEST, manifestOf, manifestText } from '../scripts/generate/manifest.js';
import { standingModule } from '../scripts/generate/standing-module.js';
import { temporaryFolder, writeFiles } from './support/temporary-folder.js';

const document = `asyncapi: 3.0.0
info: { title: Thing, version: 1.0.0 }
channels:
  webhook:
    address: /webhook
    messages:
      thing: { payload: { $ref: './parts/thing.yaml' } }
operations:
  send: { action: send, channel: { $ref: '#/channels/webhook' } }
`;
const config = { ...defaultConfig, lint: { ...defaultConfig.lint, requireSources: false } };

/** A document of two files, and its module beside it. */
async function generated(schema = '{ type: object, properties: { id: { type: string } } }\n') {
  const cwd = temporaryFolder({ 'thing.asyncapi.yaml': document, 'parts/thing.yaml': schema });
  const made = await makeModule('thing.asyncapi.yaml', config, cwd, () => {});
  const { problems } = made;
  const { files, inputs } = made.module ?? { files: new Map<string, string>() };
  const manifest = manifestText(manifestOf(files, inputs));
  writeFiles(join(cwd, 'out'), Object.fromEntries([...files, [MANIFEST, manifest]]));
  const opened: string[] = [];
  const standing = (settings = config) =>
    standingModule(join(cwd, 'thing.asyncapi.yaml'), join(cwd, 'out'), settings, (path) =>
      opened.push(path),
    );
  return { cwd, at: (path: string) => join(cwd, path), files, problems, opened, standing };
}

it('takes a module that nothing changed, and names the files of its document', async () => {
  const { at, files, problems, opened, standing } = await generated();
  expect(problems).toEqual([]);
  expect(standing()?.files).toEqual(files);
  expect(opened).toEqual([at('thing.asyncapi.yaml'), at('parts/thing.yaml')]);
});

it('names the document by the link that it was asked for by', async () => {
  const { cwd, at } = await generated();
  const link = join(temporaryFolder(), 'thing.asyncapi.yaml');
  symlinkSync(at('thing.asyncapi.yaml'), link);
  const opened: string[] = [];
  expect(standingModule(link, join(cwd, 'out'), config, (path) => opened.push(path))).toBeDefined();
  expect(opened).toEqual([link, at('parts/thing.yaml')]);
});

it('takes line ends of any system for the same', async () => {
  const { at, standing } = await generated();
  writeFileSync(at('thing.asyncapi.yaml'), document.replaceAll('\n', '\r\n'));
  expect(standing()).toBeDefined();
});

it.each<[string, (at: (path: string) => string) => void]>([
  ['the document is another', (at) => writeFileSync(at('thing.asyncapi.yaml'), `${document} `)],
  ['a file that it refers to is another', (at) => writeFileSync(at('parts/thing.yaml'), '{}')],
  ['a file that it refers to is gone', (at) => rmSync(at('parts/thing.yaml'))],
  ['a generated file was changed', (at) => writeFileSync(at('out/index.js'), '')],
  ['a generated file is gone', (at) => rmSync(at('out/types.d.ts'))],
  ['the manifest is gone', (at) => rmSync(at(`out/${MANIFEST}`))],
  ['the manifest is no JSON', (at) => writeFileSync(at(`out/${MANIFEST}`), '{')],
  [
    'the manifest names no inputs',
    (at) => {
      const { files } = JSON.parse(readFileSync(at(`out/${MANIFEST}`), 'utf8'));
      writeFileSync(at(`out/${MANIFEST}`), JSON.stringify({ files }));
    },
  ],
  [
    'the manifest names inputs beside the folder of the document',
    (at) => {
      const manifest = readFileSync(at(`out/${MANIFEST}`), 'utf8');
      writeFileSync(at(`out/${MANIFEST}`), manifest.replace('parts/thing.yaml', '../thing.yaml'));
    },
  ],
  ...[
    ['names a file twice', ['thing.asyncapi.yaml', 'parts/thing.yaml', 'parts/thing.yaml']],
    ['names a file in another way', ['thing.asyncapi.yaml', './parts/thing.yaml']],
    ['names a file with an empty step', ['thing.asyncapi.yaml', 'parts//thing.yaml']],
    ['names too many files', Array.from({ length: 101 }, (_, at) => `${at}.yaml`)],
    ['names no file', []],
  ].map(([what, files]): [string, (at: (path: string) => string) => void] => [
    `the manifest ${what}`,
    (at) => {
      const manifest = JSON.parse(readFileSync(at(`out/${MANIFEST}`), 'utf8'));
      const changed = { ...manifest, inputs: { ...manifest.inputs, files } };
      writeFileSync(at(`out/${MANIFEST}`), JSON.stringify(changed));
    },
  ]),
  [
    'the manifest leaves out a file that is gone',
    (at) => {
      const manifest = JSON.parse(readFileSync(at(`out/${MANIFEST}`), 'utf8'));
      delete manifest.files['index.js'];
      writeFileSync(at(`out/${MANIFEST}`), JSON.stringify(manifest));
      rmSync(at('out/index.js'));
    },
  ],
  [
    'the manifest lists no generated file',
    (at) => {
      const manifest = JSON.parse(readFileSync(at(`out/${MANIFEST}`), 'utf8'));
      writeFileSync(at(`out/${MANIFEST}`), JSON.stringify({ ...manifest, files: {} }));
    },
  ],
  [
    'a link leads out of the folder of the document',
    (at) => {
      const text = readFileSync(at('parts/thing.yaml'));
      rmSync(at('parts/thing.yaml'));
      symlinkSync(
        join(temporaryFolder({ 'thing.yaml': text }), 'thing.yaml'),
        at('parts/thing.yaml'),
      );
    },
  ],
  [
    'a link stands for a generated file',
    (at) => {
      writeFileSync(at('elsewhere.js'), readFileSync(at('out/index.js')));
      rmSync(at('out/index.js'));
      symlinkSync(at('elsewhere.js'), at('out/index.js'));
    },
  ],
  ...[MANIFEST, 'index.js'].flatMap((name): [string, (at: (path: string) => string) => void][] => [
    [
      `a pipe stands for ${name}`,
      (at) => {
        rmSync(at(`out/${name}`));
        spawnSync('mkfifo', [at(`out/${name}`)]);
      },
    ],
    [
      `a link to a device stands for ${name}`,
      (at) => {
        rmSync(at(`out/${name}`));
        symlinkSync('/dev/zero', at(`out/${name}`));
      },
    ],
    [`${name} holds 3 GB`, (at) => truncateSync(at(`out/${name}`), 3_000_000_000)],
  ]),
])('generates again where %s', async (_, change) => {
  const { at, standing } = await generated();
  change(at);
  expect(standing()).toBeUndefined();
});

it('generates again where the configuration is another', async () => {
  const { standing } = await generated();
  expect(standing({ ...config, names: { thing: { messages: {}, schemas: {} } } })).toBeUndefined();
});

describe('of a document with warnings', () => {
  const warned = '{ type: object, properties: { id: { type: string, default: 7 } } }\n';

  it('keeps them, and says them again of the document as it is named now', async () => {
    const { cwd, problems, standing } = await generated(warned);
    expect(problems).toMatchObject([
      { severity: 'warning', locations: [{ file: join('parts', 'thing.yaml') }] },
    ]);
    const { inputs } = standing() ?? {};
    const { warnings = [], files = [] } = inputs ?? {};
    expect(saidAgain(warnings, 'thing.asyncapi.yaml', files)).toEqual(problems);
    const { name, folder } = { name: basename(cwd), folder: dirname(cwd) };
    const { problems: fromAbove } = await makeModule(
      join(name, 'thing.asyncapi.yaml'),
      config,
      folder,
      () => {},
    );
    expect(saidAgain(warnings, join(name, 'thing.asyncapi.yaml'), files)).toEqual(fromAbove);
  });

  it.each<[string, string, string]>([
    ['of a code that does not exist', '"schema.default.invalid"', '"toString"'],
    ['of the code of an error', '"schema.default.invalid"', '"reference.broken"'],
    ['that is an error', '"warning"', '"error"'],
    ['of which something is null', '"severity": "warning"', '"severity": "warning", "mend": null'],
    ['without a text', '"text"', '"test"'],
    ['in a file that the document does not refer to', '"file": "parts/', '"file": "'],
    ['on line 0', '"line": 1', '"line": 0'],
    ['in no column', '"column"', '"row"'],
    ['without a pointer', '"pointer"', '"arrow"'],
    ['with a caret beside its line', '"caret": ', '"caret": 99'],
    ['with a caret before its line', '"caret": ', '"caret": -'],
    ['without a place', '"locations"', '"places"'],
  ])('takes none whose manifest has one %s', async (_, was, is) => {
    const { at, standing } = await generated(warned);
    const manifest = readFileSync(at(`out/${MANIFEST}`), 'utf8');
    expect(manifest).toContain(was);
    writeFileSync(at(`out/${MANIFEST}`), manifest.replace(was, is));
    expect(standing()).toBeUndefined();
  });

  it('keeps no more than a manifest has room for', async () => {
    const many = Array.from(
      { length: 1_000 },
      (_, at) => `  m${at}: { type: string, default: 7 }\n`,
    );
    const { problems, standing } = await generated(`type: object\nproperties:\n${many.join('')}`);
    expect(problems).toHaveLength(1_000);
    expect(standing()).toBeUndefined();
  });
});
