import { describe, expect, it } from 'vitest';
import { checkPattern } from '../scripts/lint/patterns/check-pattern.js';

const safe: Record<string, string> = {
  date: '^\\d{4}-\\d{2}-\\d{2}$',
  'date with ranges': '^\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])$',
  'date and time': '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?(?:Z|[+-]\\d\\d:\\d\\d)$',
  'time of day': '^(?:[01]\\d|2[0-3]):[0-5]\\d$',
  duration: '^P(?!$)(?:\\d+Y)?(?:\\d+M)?(?:\\d+D)?(?:T(?=\\d)(?:\\d+H)?(?:\\d+M)?(?:\\d+S)?)?$',
  'id with a prefix': '^ord_[A-Za-z0-9]{24}$',
  'id of words': '^\\w+$',
  'id of two lengths': '^(?:[0-9a-f]{24}|[0-9a-f]{32})$',
  'object id, searched': '[0-9a-f]{24}',
  slug: '^[a-z0-9]+(?:-[a-z0-9]+)*$',
  'constant case': '^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$',
  'event name': '^[a-z]+(?:\\.[a-z_]+)*$',
  'simple e-mail': '^[^@\\s]+@[^@\\s]+$',
  'e-mail with a dot': '^[^@\\s]+@[^@\\s.]+(?:\\.[^@\\s.]+)+$',
  'e-mail of words': '^[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+$',
  uuid: '^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$',
  'uuid 4': '^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
  'hex colour': '^#(?:[0-9a-fA-F]{3}){1,2}$',
  'hex digest': '^[0-9a-f]{64}$',
  'long hex': '^[0-9a-f]{2000}$',
  base64: '^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$',
  'three dots of JWT': '^[\\w-]+\\.[\\w-]+\\.[\\w-]+$',
  semver:
    '^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)' +
    '(?:-((?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\\.(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?' +
    '(?:\\+([0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*))?$',
  currency: '^[A-Z]{3}$',
  'list of currencies': '^(?:EUR|USD|GBP|CHF)(?:,(?:EUR|USD|GBP|CHF))*$',
  amount: '^-?\\d+(?:\\.\\d{1,2})?$',
  'amount with thousands': '^\\d{1,3}(?:,\\d{3})*(?:\\.\\d+)?$',
  'scientific number': '^[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?$',
  country: '^[A-Z]{2}$',
  'language tag': '^[a-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,8}$',
  'phone, E.164': '^\\+[1-9]\\d{1,14}$',
  'phone with blanks': '^\\+?\\d+(?:[ -]\\d+)*$',
  iban: '^[A-Z]{2}\\d{2}[A-Z0-9]{11,30}$',
  bic: '^[A-Z]{6}[A-Z2-9][A-NP-Z0-9](?:[A-Z0-9]{3})?$',
  url: '^https?://[^\\s/?#]+(?:/[^\\s?#]*)?(?:\\?[^\\s#]*)?(?:#\\S*)?$',
  'url, simply': '^https://\\S+$',
  'start of a url': '^https?://',
  path: '^(?:/[^/]+)+$',
  'json pointer': '^(?:/(?:[^/~]|~[01])*)*$',
  ipv4: '^(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}$',
  hostname: '^(?!-)[a-z0-9-]{1,63}(?<!-)(?:\\.(?!-)[a-z0-9-]{1,63}(?<!-))*$',
  'mac address': '^(?:[0-9A-F]{2}:){5}[0-9A-F]{2}$',
  letters: '^\\p{L}+$',
  'name of a person': "^\\p{Lu}\\p{L}*(?:[ '-]\\p{L}+)*$",
  'no controls': '^\\P{Cc}*$',
  'script classes': '^[\\p{Script=Greek}\\p{Nd}]+$',
  'emoji or letter': '^(?:\\p{Emoji_Presentation}|\\p{L})*$',
  anything: '^.*$',
  'anything at all': '^[\\s\\S]*$',
  'anything at all, in two': '^(.|\\s)*$',
  'anything searched': '.*',
  'one letter or more, searched': '[a-z]+',
  'a digit somewhere': '\\d',
  'not blank': '\\S',
  'not blank, looking ahead': '^(?!\\s*$).+',
  'no blank at the ends': '^\\S(?:.*\\S)?$',
  bounded: '^.{1,255}$',
  'bounded twice': '^[a-z]{1,50}[a-z0-9]{0,50}$',
  'bounded in bounded': '^(?:\\d{1,3}\\.?){1,4}$',
  'fixed in fixed': '^(?:(?:ab){20}){20}$',
  'look-aheads of passwords': '^(?=.*[a-z])(?=.*[A-Z])(?=.*\\d).{8,}$',
  'look-ahead first': '^(?=.*a).*b$',
  'look-ahead in a loop': '^(?:(?!--)[a-z0-9-])+$',
  'quoted text': '^"(?:[^"\\\\]|\\\\.)*"$',
  'same quote again': '^(["\']).*\\1$',
  'date with one separator': '^\\d+([-/])\\d+\\1\\d+$',
  'words apart': '^\\w+(?:\\s\\w+)*$',
  'word edges keep words whole': '^(?:\\b\\w+\\b\\s?)+$',
  'last word': '\\b\\w+$',
  'optional nothing': '^$|^\\S+$',
  nothing: '',
  'loop that never fails': '^(?:a+)*',
  'loop that only what never fails follows': '^(?:a+)+b?',
  'choice that never fails': '\\d+x|.*',
  'loop with an optional body': '^(?:a?)+$',
};

const exponential = [
  '^(a+)+$',
  '^(a*)*$',
  '(a+)+b',
  '(x+x+)+y',
  '^(a|a)*$',
  '^(a|aa)+$',
  '^(a|ab|b)*c',
  '^(a|b|ab)*$',
  '^((ab)*c?)*$',
  '^(\\w+\\s?)*$',
  '^(\\w*\\s*)*$',
  '^([a-z]+)*$',
  '^(\\d+|\\w+)*!$',
  '^(?:\\p{L}|\\w)*$',
  '^(.*,)*$',
  '^(.*?,)+$',
  '^(?:[^"]|"[^"]*"|"")*$|^(?:"|"")*$',
  '^(([a-z])+.)+[A-Z]([a-z])+$',
  '^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}[a-z]{2,3}$',
  '^(?:[a-z0-9]+-?)+$',
  '^(?:\\d+\\.?)+$',
  '^(?:a?b?)*c',
  '^((a?)+b)*$',
  '^(?:a?){20}a{20}$',
  '^(?:a|a){20}$',
  '^(?:a|ab|b){30}$',
  '^(a{1,30}){1,30}$',
  '^(a{1,9}){1,9}$',
  '^([a-z]{0,10}){0,10}$',
  '^(?:.|\\s){0,500}$',
  '^(?:\\s*\\S*){20}!$',
  '(?:(a+)b?){10,}$',
  '^(?!(a+)+$)',
  '^(?=(a+)+$)',
  '(?<=(a+)+)b',
  '^(a+)(?:\\1|a)*$',
  '^(?:\\B\\w+|\\w)*$',
  '^(?:"(?:[^"]|\\\\.)*",?)*$',
  '^(?:[a-z]+|\\d+|[a-z0-9])*$',
  '^(?:(?:ab)+(?:ab)*)+$',
];

/** What outside of loops multiplies the ways to read one text. */
const inARow = [
  '^(?:[ab]?){9}(?:[ab]?){9}(?:[ab]?){9}$',
  `^${'[ab]?'.repeat(28)}c$`,
  `^${'(?:a|aa)'.repeat(30)}$`,
  `^${'(?:ab)?'.repeat(25)}c$`,
  `^${'(?:ab|a|b)'.repeat(25)}$`,
  // Fewer ways are enough where a loop, or the search for a match, goes through its turns for each.
  `^${'[ab]?'.repeat(12)}[ab]*c$`,
  `${'a?'.repeat(12)}b`,
  `^${'a?'.repeat(12)}[ab]{0,900}$`,
];

/** Options and alternatives in a row that are few, or that one text can't be ambiguous in. */
const inARowSafe = [
  `^${'[ab]?'.repeat(12)}c$`,
  `^${'(?:a|ab)'.repeat(30)}$`,
  `^${'(?:ab|cd|ef)'.repeat(40)}$`,
  `^${'a?b?c?'.repeat(3)}$`,
  `^a${'(?:|)'.repeat(25)}`,
  '^(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.|,|$)){20}',
  '^\\+?\\d?[ -]?\\(?\\d{1,4}\\)?[ -]?\\d{1,4}[ -]?\\d{1,9}$',
];

const polynomial = [
  '^a*a*$',
  '^(ab)*(ab)*$',
  '^\\w+\\d+$',
  '^\\d+\\d+$',
  '^\\s*(.*)\\s*$',
  '^.*,.*,.*$',
  '^.*foo.*bar$',
  '^[^@]+@.+\\..+$',
  '^(?:a+){2}$',
  '^(\\w+\\s?){1,5}$',
  '^(?:(?!.*--).)*$',
  '\\d+$',
  '\\s+$',
  '^\\s+|\\s+$',
  'a+b',
  '.*@.*',
  '[a-z]+[0-9]',
  '\\w+@\\w+',
  '(?=.*a)b',
  '[a-z]{1,2000}$',
  '^\\w{1,100} ?\\w{0,100} ?\\w{0,100} ?\\w{0,100}$',
  '^\\d*(?:\\d{1,5000})$',
  '^\\p{L}*\\p{Lu}*$',
  '<.+>',
];

const broken: Record<string, string> = {
  '(': 'Unterminated group',
  '[': 'Unterminated character class',
  '*': 'Nothing to repeat',
  '\\p{Nope}': 'property name',
  '\\-': 'Invalid escape',
  'a{2,1}': 'out of order',
  '{': '',
  '\\1(?<a>)\\k<b>': '',
};

/** Takes the text to repeat out of a report. */
function pumpOf(text: string): string {
  const quoted = /can read repeats of ("(?:[^"\\]|\\.)*")/.exec(text)?.[1];
  return quoted === undefined ? '' : (JSON.parse(quoted) as string);
}

describe('checkPattern', () => {
  it.each(Object.entries(safe))('accepts %s', (_, pattern) => {
    expect(checkPattern(pattern)).toBeUndefined();
  });

  it.each(exponential)('reports %s as exponential', (pattern) => {
    expect(checkPattern(pattern)).toMatchObject({ kind: 'exponential' });
    expect(checkPattern(pattern)?.text).not.toContain('too large');
  });

  it.each(polynomial)('reports %s as polynomial', (pattern) => {
    expect(checkPattern(pattern)).toMatchObject({ kind: 'polynomial' });
  });

  it.each(inARow)('reports %s as exponential, for its parts in a row', (pattern) => {
    const problem = checkPattern(pattern);
    expect(problem?.kind).toBe('exponential');
    expect(problem?.text).toContain('in a row');
  });

  it.each(inARowSafe)('accepts %s, whose parts in a row have few ways', (pattern) => {
    expect(checkPattern(pattern)).toBeUndefined();
  });

  it('accepts parts in a row only where the worst text is soon refused', () => {
    for (const pattern of inARowSafe) {
      for (const text of ['a'.repeat(60), 'ab'.repeat(40), '1'.repeat(60), 'abc'.repeat(20)]) {
        const start = performance.now();
        new RegExp(pattern, 'u').test(`${text}!`);
        expect(performance.now() - start, pattern).toBeLessThan(1_000);
      }
    }
  });

  it.each(Object.entries(broken))('reports %s as broken', (pattern, reason) => {
    const problem = checkPattern(pattern);
    expect(problem?.kind).toBe('syntax');
    expect(problem?.text).toContain(reason);
    expect(problem?.text).not.toContain('Invalid regular expression');
    expect(problem?.text).not.toContain('/u');
  });

  it('reports syntax that only later engines know alike in all of them', () => {
    expect(checkPattern('(?i:a)')?.kind).toBe('syntax');
    expect(checkPattern('(?<a>a)|(?<a>b)')?.kind).toBe('syntax');
  });

  it('says what runs away and how to mend it', () => {
    expect(checkPattern('^x(a|ab|b)*c')?.text).toBe(
      '"(a|ab|b)*" can read repeats of "aba" in ever more ways, so the time to refuse them grows ' +
        'exponentially; let its parts and alternatives begin with different characters, or merge ' +
        'nested repeats into one',
    );
    expect(checkPattern('^(?:(\\w+)-?)+$')?.text).toMatch(
      /^"\(\?:\(\\w\+\)-\?\)\+" can read repeats of "a"/,
    );
    expect(checkPattern('^\\s*(.*)$|^[a-z]*x?[a-z]+1$')?.text).toMatch(
      /^"\[a-z\]\*" and "\[a-z\]\+" can share a long run of "a" .* maxLength$/,
    );
    expect(checkPattern('-|\\d+$')?.text).toMatch(/^"\\d\+" is tried from each place .* anchor /);
    expect(checkPattern('^(?:\\d+){2}$')?.text).toMatch(/^two turns around "\\d\+" /);
  });

  it('shortens what it quotes', () => {
    const text = checkPattern(`^(?:${'\u{1f600}'.repeat(80)}|a|a)*$`)?.text ?? '';
    expect([...text].length).toBeLessThan(300);
    expect(text).not.toMatch(/\p{Surrogate}/u);
  });

  it('refuses what is too large to prove safe, and says so', () => {
    const cjk = (from: number, count: number) =>
      Array.from({ length: count }, (_, i) => String.fromCodePoint(from + i));
    const large = [
      'a'.repeat(1_001),
      '^(?:(?:(?:a{9}){9}){9}){9}$',
      `^(?:${cjk(0x4e00, 450).join('?')}?)*$`,
      `^(?:${'a?b?'.repeat(150)}c)*$`,
      `()${Array.from({ length: 60 }, (_, i) => `(\\${i + 1}\\${i + 1})`).join('')}`,
      '^(?:|){30}c$',
      `^${'\\b'.repeat(16)}$`,
    ];
    for (const pattern of large) {
      const problem = checkPattern(pattern);
      expect(problem?.kind).toBe('exponential');
      expect(problem?.text).toMatch(/^too large to prove safe \(.+\); make it shorter/);
    }
    expect(checkPattern('a'.repeat(1_000))).toBeUndefined();
    expect(checkPattern(`(${'a'.repeat(1_001)}`)?.kind).toBe('syntax');
  }, 30_000);

  it('ends soon for any pattern of a thousand characters', () => {
    // Each of these has cost some way of analysing patterns seconds, or for ever.
    const cjk = (i: number) => String.fromCodePoint(0x4e00 + i);
    const list = (length: number, make: (i: number) => string) =>
      Array.from({ length }, (_, i) => make(i));
    const patterns = [
      `^${'a*'.repeat(499)}`,
      `^${list(400, (i) => `${cjk(i)}*`).join('')}$`,
      `${'('.repeat(330)}a${')*'.repeat(330)}b`,
      `^(?:${list(240, (i) => `a${cjk(i)}`).join('|')})*$`,
      `^${'\\p{L}*\\p{N}*'.repeat(70)}$`,
      `^(?:${'ab'.repeat(240)})*(?:${'ab'.repeat(240)}c)*$`,
      `^(?:${list(60, (i) => `abababab${cjk(i)}`).join('|')})*(?:${list(30, (i) => `abababab${cjk(i)}`).join('|')})*$`,
      `^[${list(900, (i) => cjk(i * 2)).join('')}]*$`,
      `${list(60, (i) => `(${cjk(i)}*)`).join('')}${list(60, (i) => `\\${i + 1}`).join('')}`,
      '^([a-z]{0,100000000}){100000000}$',
      '(?:'.repeat(200) + ')'.repeat(200),
      `${'(?='.repeat(200)}a*${')'.repeat(200)}`,
    ];
    for (const pattern of patterns) {
      expect(pattern.length).toBeLessThanOrEqual(1_000);
      const problem = checkPattern(pattern);
      // The same again: nothing in a verdict depends on what was judged before it.
      expect(checkPattern(pattern)).toEqual(problem);
    }
  }, 30_000);

  // Where the time of a pattern grows with the length of the text, 25 ms last for millions of
  // characters; an exponential one needs a few dozen. A pause of the machine can't fail this test.
  const provable = exponential.filter((pattern) => /[$!cby]$/.test(pattern)).slice(0, 16);
  it.each(provable)('runs away with the text that is reported for %s', (pattern) => {
    const text = checkPattern(pattern)?.text ?? '';
    const pump = pumpOf(text);
    expect(pump).not.toBe('');
    const regex = new RegExp(pattern, 'u');
    let longest = 0;
    for (let turns = 1; turns * pump.length <= 150 && longest < 25; turns++) {
      for (const start of ['', 'a']) {
        const before = performance.now();
        regex.test(`${start}${pump.repeat(turns)}\n\0`);
        longest = Math.max(longest, performance.now() - before);
      }
    }
    expect(longest).toBeGreaterThanOrEqual(25);
  });
});
