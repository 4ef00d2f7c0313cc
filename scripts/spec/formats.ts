import { formats, numericFormats } from '../generate/runtime/formats.js';

type Format =
  | { type: 'string'; validate: (value: string) => boolean }
  | { type: 'number'; validate: (value: number) => boolean };

const numeric: ReadonlySet<string> = new Set(numericFormats);

/** Every format that is known, as Ajv takes it: a judge of strings or of numbers. */
export const knownFormats: Readonly<Record<string, Format>> = Object.fromEntries(
  Object.entries(formats).map(([name, validate]) => [
    name,
    { type: numeric.has(name) ? 'number' : 'string', validate } as Format,
  ]),
);
