import * as duration from '../generate/runtime/formats/duration.js';
import * as identifiers from '../generate/runtime/formats/identifiers.js';
import * as jsonPointer from '../generate/runtime/formats/json-pointer.js';
import * as numbers from '../generate/runtime/formats/numbers.js';
import * as text from '../generate/runtime/formats/text.js';
import * as time from '../generate/runtime/formats/time.js';
import * as uri from '../generate/runtime/formats/uri.js';
import * as uuid from '../generate/runtime/formats/uuid.js';

/** A format that is judged: what Ajv takes, and where generated code finds the same function. */
export type KnownFormat = FormatFunction & {
  /** The file that exports it, relative to `generate/runtime`. */
  readonly file: string;
  /** The name under which it does. */
  readonly name: string;
};

type FormatFunction =
  | { readonly type: 'string'; readonly validate: (value: string) => boolean }
  | { readonly type: 'number'; readonly validate: (value: number) => boolean };

/** Every format that is known, by its name in JSON Schema; verdicts are those of ajv-formats. */
export const knownFormats: Readonly<Record<string, KnownFormat>> = Object.freeze({
  ...formatsOf('string', 'formats/time.js', time),
  ...formatsOf('string', 'formats/duration.js', duration),
  ...formatsOf('string', 'formats/uri.js', uri),
  ...formatsOf('string', 'formats/identifiers.js', identifiers),
  ...formatsOf('string', 'formats/uuid.js', uuid),
  ...formatsOf('string', 'formats/json-pointer.js', jsonPointer),
  ...formatsOf('string', 'formats/text.js', text),
  ...formatsOf('number', 'formats/numbers.js', numbers),
});

/** Names the functions of a file as JSON Schema does: `date-time` for `dateTime`. */
function formatsOf<Type extends KnownFormat['type']>(
  type: Type,
  file: string,
  functions: Readonly<Record<string, Extract<KnownFormat, { type: Type }>['validate']>>,
): Record<string, KnownFormat> {
  return Object.fromEntries(
    Object.entries(functions).map(([name, validate]) => [
      name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
      { type, validate, file, name } as KnownFormat,
    ]),
  );
}
