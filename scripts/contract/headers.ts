import { headersOf } from '../generate/runtime/check.js';
import { headerNames } from '../judge/header-names.js';
import type { Json, JsonObject, Message } from '../spec/model.js';
import type { SpecDocument } from '../spec/read-spec.js';
import type { Expected } from './contradictions.js';
import type { Rule } from './pact.js';
import { RuleIndex } from './rule-index.js';

/**
 * Turns the metadata of a message pact into headers as the document spells and types them, without those that are
 * `apart`, in lower case; `keys` leads back to the names in the pact.
 */
export function expectedHeaders(
  { document }: SpecDocument,
  { name, headers }: Message,
  metadata: JsonObject,
  rules: readonly Rule[],
  apart: ReadonlySet<string>,
): { expected: Expected; keys: ReadonlyMap<string, string> } {
  const names = headerNames(document, headers);
  const spellings = new Map(names.map((one) => [one.name.toLowerCase(), one.name]));
  const spelled = (header: string) => spellings.get(header.toLowerCase()) ?? header;
  const own = Object.entries(metadata).filter(([header]) => !apart.has(header.toLowerCase()));
  const texts = own.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const typed = headersOf(
    { name, headerNames: names },
    Object.fromEntries(texts.map(([header, text]) => [header.toLowerCase(), text])),
  );
  const value: JsonObject = Object.fromEntries(
    own.map(([header, held]) => [
      spelled(header),
      (typed[spelled(header)] as Json | undefined) ?? held,
    ]),
  );
  const renamed = rules
    .map((rule) => ({
      ...rule,
      tokens: rule.tokens?.map((token) =>
        typeof token === 'string' ? token : { name: spelled(String(token.name)) },
      ),
    }))
    .filter(({ tokens }) => {
      const [token] = tokens ?? [];
      const header = typeof token === 'object' ? String(token.name) : '';
      return !apart.has(header.toLowerCase()) && !/^content-?type$/i.test(header);
    });
  return {
    expected: { value, rules: new RuleIndex(renamed) },
    keys: new Map(own.map(([header]) => [spelled(header), header])),
  };
}
