import type { ElementContent } from 'hast';
import bash from 'highlight.js/lib/languages/bash';
import json from 'highlight.js/lib/languages/json';
import typescript from 'highlight.js/lib/languages/typescript';
import yaml from 'highlight.js/lib/languages/yaml';
import { createLowlight } from 'lowlight';

export type { ElementContent };

/**
 * How long code gets before it is shown without colours, and a word in it, in characters: colours multiply code, and some
 * languages take a time for long words that grows with the square of their length.
 */
const MAX_LENGTH = 40_000;
const LONG_WORD = /[\w$-]{400}/;

const lowlight = createLowlight({ sh: bash, bash, json, ts: typescript, typescript, yaml });

/** Marks the parts of code: a tree of texts and spans with classes; one text where the language is not known. */
export function highlight(text: string, language: string): readonly ElementContent[] {
  if (!lowlight.registered(language) || text.length > MAX_LENGTH || LONG_WORD.test(text)) {
    return [{ type: 'text', value: text }];
  }
  return lowlight.highlight(language, text).children as ElementContent[];
}
