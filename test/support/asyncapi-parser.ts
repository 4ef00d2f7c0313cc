import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Parser } from '@asyncapi/parser';

/** Returns what `@asyncapi/parser` calls errors of a document, each `rule: text (path)`. */
export type AskParser = (text: string) => Promise<string[]>;

/**
 * Makes the parser with its full rule set. Documents must hold no reference to other files or hosts: the parser
 * would follow them.
 */
export function asyncApiParser(): AskParser {
  keepCompiledSchemas();
  const parser = new Parser();
  return async (text) => {
    const { diagnostics } = await parser.parse(text);
    return diagnostics
      .filter(({ severity }) => severity === 0)
      .map(({ code, message, path }) => `${code}: ${message} (/${path.join('/')})`);
  };
}

/**
 * Lets the parser's rule engine compile AsyncAPI's schema once, rather than for every document, which takes it
 * half a second. The schemas and the verdicts stay the same.
 */
function keepCompiledSchemas(): void {
  const fromParser = createRequire(createRequire(import.meta.url).resolve('@asyncapi/parser'));
  const folder = dirname(fromParser.resolve('@stoplight/spectral-functions'));
  const engine = fromParser(join(folder, 'schema/ajv.js')) as { createAjvInstances: () => object };
  const instances = engine.createAjvInstances();
  engine.createAjvInstances = () => instances;
}
