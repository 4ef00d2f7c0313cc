import type { Random } from './random.js';

/** What YAML reads as more than text. */
const INDICATORS = [
  ...['&a ', '*a', '*a ', '!!str ', '!!binary ', '!!set ', '!custom ', '!<tag:x> ', '<<: *a', '? '],
  ...[
    '- ',
    '-',
    ': ',
    ':',
    '{',
    '}',
    '[',
    ']',
    ',',
    '|',
    '>',
    '|2+',
    "'",
    '"',
    '#',
    ' #',
    '%',
    '@',
  ],
  ...['---', '--- ', '...', '%YAML 1.2', '%TAG ! x', '\t', ' ', '\r', '\n', '\ufeff', '\0', '~'],
  ...[
    '.nan',
    '-.inf',
    '0x1F',
    '0o17',
    '1e400',
    '9007199254740993',
    '2020-01-01',
    'yes',
    '__proto__',
  ],
];

/** Copies a text of YAML or JSON with one to four changes of its lines, or of where they mean something. */
export function mutatedLines(text: string, random: Random): string {
  let lines = text.split('\n');
  for (let left = 1 + random.below(4); left > 0 && lines.length > 0; left -= 1)
    lines = changed(lines, random);
  return lines.join(random.below(30) === 0 ? '\r\n' : '\n');
}

function changed(lines: readonly string[], random: Random): string[] {
  const at = random.below(lines.length);
  const other = random.below(lines.length);
  const [line = '', far = ''] = [lines[at], lines[other]];
  const first = line.search(/\S|$/);
  const column = random.pick([0, first, random.below(line.length + 1), valueIn(line)]);
  return random.pick([
    () => lines.toSpliced(at, 1 + random.below(4)),
    () => lines.toSpliced(at, 0, ...lines.slice(other, other + 1 + random.below(6))),
    () => lines.with(at, far).with(other, line),
    () => lines.with(at, line + far),
    () => lines.with(at, line.slice(0, column)),
    () => lines.with(at, ' '.repeat(random.below(4)) + line),
    () => lines.with(at, line.slice(random.below(first + 1))),
    () => lines.with(at, line.slice(0, column) + random.pick(INDICATORS) + line.slice(column)),
    () => lines.with(at, line.slice(0, column) + random.pick(INDICATORS)),
    () => aliased(lines, at, other),
    () => (random.below(4) === 0 ? lines.slice(0, at) : lines.slice(at === 0 ? 1 : 0)),
  ])();
}

/** Returns where the value of a line begins, after its key. */
function valueIn(line: string): number {
  const after = line.indexOf(': ');
  return after === -1 ? line.length : after + 2;
}

/** Anchors the value of one line, and puts an alias in the place of another. */
function aliased(lines: readonly string[], one: number, other: number): string[] {
  const put = (line: string, mark: string, rest: string) =>
    `${line.slice(0, valueIn(line))}${mark}${rest}`;
  const [anchored = '', replaced = ''] = [lines[one], lines[other]];
  const rest = anchored.slice(valueIn(anchored));
  return lines.with(other, put(replaced, '*a', '')).with(one, put(anchored, ' &a ', rest));
}
