import { joinPointer } from '../../spec/json-pointer.js';
import type { Json, JsonObject } from '../../spec/model.js';
import { isContainer } from '../../spec/positions.js';
import { code, paragraph, prose, type Section } from '../content.js';

/**
 * Lists what a document says and the content of its pages does not: texts of extensions that nothing here knows, of parts that no message
 * uses. It goes by the texts alone, so that nothing that is forgotten elsewhere is lost.
 */
export function unsaidSection(document: JsonObject, content: unknown): Section[] {
  const said = new Said();
  said.add(content as Json);
  const left = new Map<string, string[]>();
  for (const { pointer, text } of statementsIn(document, '')) {
    if (!said.has(text)) left.set(text, [...(left.get(text) ?? []), pointer]);
  }
  if (left.size === 0) return [];
  return [
    {
      id: 'further',
      title: 'Further statements',
      blocks: [
        paragraph('What else the document says, and where.'),
        {
          kind: 'table',
          label: 'Further statements',
          columns: ['Where', 'What'],
          rows: [...left].map(([text, [pointer = '', ...others]]) => [
            [code(pointer), ...(others.length === 0 ? [] : [` and ${others.length} more`])],
            [prose(text)],
          ]),
        },
      ],
      sections: [],
    },
  ];
}

interface Statement {
  readonly pointer: string;
  readonly text: string;
}

/** The places whose texts pages give in other words: references, types, parts of addresses, kinds of credentials. */
const REWORDED = [
  /^\/asyncapi$/,
  /\/\$ref$/,
  /\/type(?:\/\d+)?$/,
  /^\/operations\/[^/]+\/action$/,
  /^\/servers\/[^/]+\/(?:host|pathname|protocol|url)$/,
  /\/(?:securitySchemes\/[^/]+|security\/\d+)\/(?:in|scheme)$/,
  /\/x-credential\/(?:kind|algorithm|encoding|over|name)$/,
];

/** Extensions, and examples: in these, nothing is meant but itself. */
const DATA = /\/(?:x-(?!credential\/)[^/]*|examples?|default|const|enum)\//;

function isReworded(pointer: string): boolean {
  return REWORDED.some((place) => place.test(pointer)) && !DATA.test(pointer);
}

/** Lists the texts of a document with their places; those that several places share, once. */
function statementsIn(value: Json, pointer: string, seen = new Set<object>()): Statement[] {
  if (typeof value === 'string') {
    return value.trim() === '' || isReworded(pointer) ? [] : [{ pointer, text: value }];
  }
  if (!isContainer(value) || seen.has(value)) return [];
  seen.add(value);
  return Object.entries(value).flatMap(([key, held]) =>
    statementsIn(held, joinPointer(pointer, key), seen),
  );
}

/** The texts of pages, and the words in them. */
class Said {
  readonly #texts = new Set<string>();

  /** Adds every text of a value; of JSON that is shown, the texts in it. */
  add(value: Json): void {
    if (typeof value === 'string') this.#addText(value);
    else if (isContainer(value)) for (const held of Object.values(value)) this.add(held);
  }

  has(text: string): boolean {
    return this.#texts.has(text.trim());
  }

  #addText(text: string): void {
    this.#texts.add(text.trim());
    // A limit in words ends with its operand: `Format: date-time.`
    const [, operand = ''] =
      text.length > 2_000 ? [] : (/^[A-Z][a-z ]*?: (.*?)\.?$/.exec(text) ?? []);
    this.#texts.add(operand);
    for (const word of text.split(/[\s,()[\]"]+/)) {
      this.#texts.add(word);
      this.#texts.add(word.replace(/[.:]$/, ''));
      // The steps of a path.
      if (word.includes('.')) for (const step of word.split('.')) this.#texts.add(step);
    }
    if (/^["[{]/.test(text)) this.#addJson(text);
  }

  #addJson(text: string): void {
    try {
      const value = JSON.parse(text) as Json;
      if (value !== text) this.add(value);
    } catch {
      // It is no JSON, then.
    }
  }
}
