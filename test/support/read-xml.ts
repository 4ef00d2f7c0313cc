/** An element of an XML document; `text` is the character data directly in it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

interface Open {
  name: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  text: string;
}

const ATTRIBUTE = /\s+([A-Za-z_][\w.-]*)="([^"<]*)"/y;
const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

/**
 * Reads a small part of XML 1.0 strictly: elements, attributes in double quotes, text and the five entities.
 * Throws at whatever is not well-formed, and at what our reports have no use for: CDATA, comments, doctypes.
 */
export function readXml(source: string): XmlElement {
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!source.startsWith(declaration)) throw new Error('no XML declaration');
  // What production Char of XML 1.0 leaves out.
  const stranger = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.exec(source);
  if (stranger !== null) throw new Error(`not a character of XML at ${stranger.index}`);
  const root: Open = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  for (const [token] of source.slice(declaration.length).matchAll(/<[^>]*>|[^<]+|</g)) {
    const current = open.at(-1) ?? root;
    if (!token.startsWith('<')) {
      if (token.includes(']]>')) throw new Error(']]> in text');
      current.text += decode(token);
    } else if (token.startsWith('</')) {
      if (token !== `</${current.name}>` || current === root) throw new Error(`stray ${token}`);
      open.pop();
    } else {
      const [, name = '', rest = '', empty] =
        /^<([A-Za-z_][\w.-]*)((?:\s+[A-Za-z_][\w.-]*="[^"<]*")*)\s*(\/?)>$/.exec(token) ?? [];
      if (name === '') throw new Error(`not a tag: ${token}`);
      const element = { name, attributes: readAttributes(rest), children: [], text: '' };
      current.children.push(element);
      if (empty === '') open.push(element);
    }
  }
  const [document, ...more] = root.children;
  if (open.length > 1) throw new Error(`${open.at(-1)?.name} is not closed`);
  if (document === undefined || more.length > 0 || root.text.trim() !== '') {
    throw new Error('not one root element');
  }
  return document;
}

function readAttributes(source: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name = '', value = ''] of source.matchAll(new RegExp(ATTRIBUTE, 'g'))) {
    if (Object.hasOwn(attributes, name)) throw new Error(`${name} stands twice`);
    attributes[name] = decode(value);
  }
  return attributes;
}

function decode(text: string): string {
  return text.replace(/&(\w*;)?/g, (_, name: string | undefined) => {
    const character = entities[(name ?? '').slice(0, -1)];
    if (character === undefined) throw new Error(`not an entity: &${name ?? ''}`);
    return character;
  });
}
