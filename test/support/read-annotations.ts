/** An annotation as GitHub shows it. */
export interface Annotation {
  readonly kind: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/**
 * Reads workflow commands from a log as GitHub's runner does: a line is one where it starts with `::` after
 * white space. Throws at a line with `##[`, which the runner takes for a command wherever it stands.
 */
export function readAnnotations(log: string): Annotation[] {
  return log.split('\n').flatMap((line) => {
    if (line.includes('##[')) throw new Error(`an old command: ${line}`);
    const [, kind, list = '', message = ''] = /^\s*::(\S+?)(?: (.*?))?::(.*)$/su.exec(line) ?? [];
    if (kind === undefined) return [];
    const properties = list.split(',').filter((pair) => pair !== '');
    return [
      {
        kind,
        properties: Object.fromEntries(
          properties.map((pair) => {
            const at = pair.indexOf('=');
            return [pair.slice(0, at), unescaped(pair.slice(at + 1))];
          }),
        ),
        message: unescaped(message),
      },
    ];
  });
}

const signs: Readonly<Record<string, string>> = {
  '%25': '%',
  '%0D': '\r',
  '%0A': '\n',
  '%3A': ':',
  '%2C': ',',
};

const unescaped = (text: string): string =>
  text.replace(/%(?:25|0D|0A|3A|2C)/g, (sign) => signs[sign] ?? sign);
