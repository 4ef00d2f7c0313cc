import { headersOf, type KnownHeader } from '../generate/runtime/check.js';
import type { Json, JsonObject } from '../spec/model.js';
import type { Expected } from './contradictions.js';
import type { MessageInteraction, Rule } from './pact.js';
import { RuleIndex } from './rule-index.js';

/** The header of the media type, as Pact spells it among the metadata of a message, or as HTTP does. */
export const CONTENT_TYPE = /^content-?type$/i;

/**
 * Turns those headers among the metadata of a message pact that are meant, by their names in lower case, into headers as
 * the document spells and types them (`known`); `keys` leads back to the names in the pact. The content type is left out.
 */
export function expectedHeaders(
  known: readonly KnownHeader[],
  { metadata, metadataRules }: Pick<MessageInteraction, 'metadata' | 'metadataRules'>,
  isMeant: (header: string) => boolean,
): { expected: Expected; keys: ReadonlyMap<string, string> } {
  const spellings = new Map(known.map((one) => [one.name.toLowerCase(), one.name]));
  const spelled = (header: string) => spellings.get(header.toLowerCase()) ?? header;
  const own = Object.entries(metadata).filter(([header]) => isMeant(header.toLowerCase()));
  const texts = own.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const typed = headersOf(
    { name: '', headerNames: known },
    Object.fromEntries(texts.map(([header, text]) => [header.toLowerCase(), text])),
  );
  const value: JsonObject = Object.fromEntries(
    own.map(([header, held]) => [
      spelled(header),
      (typed[spelled(header)] as Json | undefined) ?? held,
    ]),
  );
  const renamed = metadataRules
    .filter((rule) => isMeant(headerOf(rule).toLowerCase()) && !CONTENT_TYPE.test(headerOf(rule)))
    .map((rule) => ({
      ...rule,
      tokens: rule.tokens?.map((token) =>
        typeof token === 'string' ? token : { name: spelled(String(token.name)) },
      ),
    }));
  return {
    expected: { value, rules: new RuleIndex(renamed) },
    keys: new Map(own.map(([header]) => [spelled(header), header])),
  };
}

/** Returns the name of the header that a rule is about; `''` where it names none. */
export function headerOf({ tokens }: Rule): string {
  const [token] = tokens ?? [];
  return typeof token === 'object' ? String(token.name) : '';
}
