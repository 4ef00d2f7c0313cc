import { isJson } from '../spec/content-type.js';
import { joinPointer } from '../spec/json-pointer.js';
import { parseJson } from '../spec/parse-json.js';
import { type Json, Positions } from '../spec/positions.js';
import { SourceText } from '../spec/source-text.js';
import type { Contents } from './pact.js';
import type { Shapes } from './shapes.js';

/** Reads a body. https://github.com/pact-foundation/pact-specification/tree/version-4#body-contents */
export function readContents(value: Json | undefined, pointer: string, shapes: Shapes): Contents {
  const body = shapes.object(value, pointer);
  const contentType = shapes.text(body.contentType, joinPointer(pointer, 'contentType'));
  if (!Object.hasOwn(body, 'content')) {
    return { value: undefined, contentType, pointer, isPlain: true, fault: undefined };
  }
  const { content = null, encoded } = body;
  const place = joinPointer(pointer, 'content');
  if (typeof encoded !== 'string' || encoded.toLowerCase() === 'json' || encoded === '') {
    const isText = typeof content === 'string' && contentType !== undefined && !isJson(contentType);
    const fault = isText ? 'only JSON is supported' : undefined;
    return { value: content, contentType, pointer: place, isPlain: true, fault };
  }
  const read = encoded.toLowerCase() === 'base64' && typeof content === 'string';
  if (!read) {
    const fault = `the encoding ${JSON.stringify(encoded)} is not supported`;
    return { value: undefined, contentType, pointer: place, isPlain: false, fault };
  }
  const bytes = Buffer.from(content, 'base64');
  // Node skips what is no Base64.
  if (bytes.toString('base64') !== content) {
    return {
      value: undefined,
      contentType,
      pointer: place,
      isPlain: false,
      fault: 'they are not Base64',
    };
  }
  const decoded = new SourceText('contents', bytes.toString('utf8'));
  const { value: parsed, fault } = parseJson(decoded, new Positions());
  const reason = fault === undefined ? undefined : `they are not JSON (${fault.reason})`;
  return { value: parsed, contentType, pointer: place, isPlain: false, fault: reason };
}
