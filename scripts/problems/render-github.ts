import { explain, type Findings } from './findings.js';
import { visible } from './visible.js';

/**
 * Writes findings as annotations of GitHub Actions, one workflow command a line. `placeOf` turns a file as
 * the user named it into its path in the repository.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function renderGithub(
  { command, problems, cannotRun }: Findings,
  placeOf: (file: string) => string = (file) => file,
): string {
  if (cannotRun !== undefined) {
    const title = `webhook-contracts ${command}`;
    return annotation('error', { title }, `could not run: ${visible(cannotRun)}`);
  }
  return problems
    .map((one) => {
      const [first, ...others] = one.locations;
      const place =
        first === undefined
          ? {}
          : { file: placeOf(first.file), line: first.line, col: first.column };
      const further = others.map(({ file, line, column }) =>
        visible(`see also: ${placeOf(file)}:${line}:${column}`),
      );
      const message = [...explain(one), ...further].join('\n');
      return annotation(one.severity, { ...place, title: one.code }, message);
    })
    .join('');
}

function annotation(
  severity: 'error' | 'warning',
  properties: Readonly<Record<string, string | number>>,
  message: string,
): string {
  const list = Object.entries(properties).map(
    ([name, value]) => `${name}=${escapeProperty(visible(String(value)))}`,
  );
  return `::${severity} ${list.join(',')}::${escapeData(message)}\n`;
}

const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapeProperty = (text: string): string =>
  escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
