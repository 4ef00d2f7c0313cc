/**
 * Every problem this package can report: its code, its severity and its words.
 * The codes are a closed union; a code that is not here does not exist.
 */

interface Words {
  readonly text: string;
  readonly expected?: string;
  readonly found?: string;
  readonly mend?: string;
}

const error = <D>(say: (details: D) => Words) => ({ severity: 'error' as const, say });
const warning = <D>(say: (details: D) => Words) => ({ severity: 'warning' as const, say });

const quote = (text: string): string =>
  JSON.stringify(text.length > 120 ? `${text.slice(0, 119)}…` : text);
const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const didYouMean = (name: string | undefined): { mend?: string } =>
  name === undefined ? {} : { mend: `did you mean ${quote(name)}?` };

/** Suggests the name that is meant, or else lists those that there are, ten at most. */
const knownNames = (
  suggestion: string | undefined,
  names: readonly string[],
): { expected?: string; mend?: string } => {
  if (suggestion !== undefined || names.length === 0) return didYouMean(suggestion);
  const more = names.length > 10 ? `, and ${names.length - 10} more` : '';
  return { expected: `${names.slice(0, 10).map(quote).join(', ')}${more}` };
};

export const problemTable = {
  // Reading a file
  'file.too-large': error(({ limit }: { limit: number }) => ({
    text: `The file is larger than ${limit} bytes.`,
    mend: 'split the document',
  })),
  'document.too-large': error(({ files, bytes }: { files: number; bytes: number }) => ({
    text: `The document and what it refers to are more than ${files} files or ${bytes} bytes.`,
    mend: 'split the document',
  })),
  'document.too-many-values': error(({ limit }: { limit: number }) => ({
    text: `The document and what it refers to hold more than ${limit} values.`,
    mend: 'split the document',
  })),
  'document.too-many-objects': error(({ limit }: { limit: number }) => ({
    text: `The document and what it refers to are made of more than ${limit} objects of AsyncAPI and JSON Schema, or names in "required" and the like.`,
    mend: 'split the document',
  })),
  'text.not-utf8': error(({ byte }: { byte: number }) => ({
    text: `The file is not valid UTF-8 at byte ${byte}.`,
    mend: 'save the file as UTF-8',
  })),
  'yaml.syntax': error(({ reason }: { reason: string }) => ({
    text: `This is not YAML: ${reason}.`,
  })),
  'yaml.duplicate-key': error(({ key }: { key: string }) => ({
    text: `The key ${quote(key)} stands twice in one mapping.`,
    mend: 'remove one of the two',
  })),
  'yaml.key': error(({ key }: { key: string | undefined }) => ({
    text:
      key === undefined
        ? 'A mapping key is a collection.'
        : `The mapping key ${key === '' ? 'is empty' : `${key} is not a string`}.`,
    expected: 'a key that is a string',
    ...(key === undefined || key === '' ? {} : { mend: `write it in quotes: "${key}"` }),
  })),
  'yaml.tag': error(({ tag }: { tag: string }) => ({
    text: `The YAML tag ${quote(tag)} is not allowed.`,
    expected: 'a document without tags',
  })),
  'yaml.documents': error(() => ({
    text: 'A second YAML document begins here.',
    expected: 'one document in one file',
  })),
  'yaml.aliases': error(({ limit }: { limit: number }) => ({
    text: `YAML aliases and merge keys repeat more than ${limit} nodes.`,
    mend: 'use $ref instead of YAML aliases',
  })),
  'yaml.number': error(({ found }: { found: string }) => ({
    text: 'The number is not finite, or is an integer beyond ±(2^53 − 1).',
    found,
  })),
  'json.syntax': error(({ reason }: { reason: string }) => ({
    text: `This is not JSON: ${reason}.`,
  })),
  'name.forbidden': error(({ name }: { name: string }) => ({
    text: `The name ${quote(name)} is not allowed.`,
  })),
  'document.empty': error(() => ({ text: 'The file is empty.', expected: 'an AsyncAPI document' })),

  // What the document is
  'document.not-asyncapi': error(({ found }: { found: string }) => ({
    text: 'This is not an AsyncAPI document.',
    expected: 'a mapping with the field "asyncapi"',
    found,
  })),
  'document.version': error(({ found }: { found: string }) => ({
    text: 'This version of AsyncAPI is not supported.',
    expected: '"2.0.0" to "2.6.0", "3.0.0" or "3.1.0"',
    found,
  })),
  'structure.invalid': error(
    ({
      what,
      expected,
      found,
      suggestion,
    }: {
      what: string;
      expected?: string;
      found?: string;
      suggestion?: string;
    }) => ({
      text: what,
      ...(expected === undefined ? {} : { expected }),
      ...(found === undefined ? {} : { found }),
      ...didYouMean(suggestion),
    }),
  ),
  'reference.broken': error(({ reference, reason }: { reference: string; reason: string }) => ({
    text: `The reference ${quote(reference)} can't be followed: ${reason}.`,
  })),
  'reference.remote': error(({ reference }: { reference: string }) => ({
    text: `The reference ${quote(reference)} leads to another host or scheme; nothing is ever fetched.`,
    expected: "a path inside the document's folder, or #/…",
  })),
  'reference.outside': error(({ reference }: { reference: string }) => ({
    text: `The reference ${quote(reference)} leads outside the document's folder.`,
    expected: "a path inside the document's folder",
  })),
  'reference.loop': error(({ reference }: { reference: string }) => ({
    text: `The reference ${quote(reference)} leads back to itself.`,
  })),
  'reference.siblings': error(({ keyword }: { keyword: string }) => ({
    text: `The keyword ${quote(keyword)} stands beside "$ref", where it is ignored.`,
    mend: 'move it into the referenced schema, or use allOf',
  })),
  'traits.too-many-values': error(({ limit }: { limit: number }) => ({
    text: `Traits repeat more than ${limit} values in the objects that they are applied to.`,
    mend: 'keep examples out of traits, or apply them to fewer objects',
  })),
  'operation.channel': error(() => ({
    text: 'The operation\'s channel does not stand under "#/channels".',
  })),
  'operation.message': error(({ channel }: { channel: string }) => ({
    text: "The operation's message does not belong to its channel.",
    expected: `a reference below "${channel}/messages"`,
  })),
  'operation.duplicate': error(({ id }: { id: string }) => ({
    text: `Two operations bear the id ${quote(id)}.`,
    mend: 'give each an "operationId" of its own',
  })),
  'channel.server': error(() => ({
    text: 'The channel\'s server does not stand under "#/servers".',
  })),
  'channel.name': error(({ name }: { name: string }) => ({
    text: `The channel's key ${quote(name)} holds a query or fragment delimiter (? or #).`,
  })),
  'channel.parameter': error(({ name, what }: { name: string; what: 'undefined' | 'unused' }) => ({
    text:
      what === 'undefined'
        ? `The address uses {${name}}, which "parameters" does not define.`
        : `The parameter ${quote(name)} does not stand in the address.`,
  })),
  'extension.invalid': error(({ extension, reason }: { extension: string; reason: string }) => ({
    text: `The extension ${extension} ${reason}.`,
  })),

  // Schemas
  'security.unused': warning(({ name }: { name: string }) => ({
    text: `No server and no operation demands the security scheme ${quote(name)}: a receiver does not ask for it.`,
    mend: 'refer to it in "security" of a server or of an operation, or remove it',
  })),

  'schema.dialect': error(({ found }: { found: string }) => ({
    text: 'Schemas of this dialect are not supported.',
    expected:
      "AsyncAPI's own schema format, JSON Schema draft-07, or 2020-12 where schemaFormat says so",
    found,
  })),
  'schema.dialects': error(() => ({
    text: 'The schema is used both as one of draft-07 and as one of 2020-12.',
    mend: 'refer to it from schemas of one dialect only',
  })),
  'schema.keyword': error(
    ({
      keyword,
      suggestion,
      dialect,
    }: {
      keyword: string;
      suggestion?: string;
      /** The dialect that knows the keyword, where another one does. */
      dialect?: string;
    }) => ({
      text:
        dialect === undefined
          ? `The schema keyword ${quote(keyword)} is not known.`
          : `The schema keyword ${quote(keyword)} is known in ${dialect} only.`,
      mend:
        suggestion !== undefined
          ? `did you mean ${quote(suggestion)}?`
          : dialect !== undefined
            ? `state schemas of ${dialect} by their schemaFormat`
            : 'allow it in the configuration (lint.keywords) if it is an annotation',
    }),
  ),
  'schema.format': error(
    ({
      format,
      suggestion,
      isUnjudged,
    }: {
      format: string;
      suggestion?: string;
      isUnjudged?: boolean;
    }) => ({
      text: `The format ${quote(format)} ${isUnjudged ? "can't be judged" : 'is not known'}.`,
      mend:
        suggestion === undefined
          ? 'allow it in the configuration (lint.formats); it is then not judged'
          : `did you mean ${quote(suggestion)}?`,
    }),
  ),
  'schema.pattern.syntax': error(({ reason }: { reason: string }) => ({
    text: `The pattern is not a regular expression: ${reason}.`,
    expected: 'an ECMAScript regular expression that compiles with the flag u',
  })),
  'schema.pattern.unsafe': error(
    ({ kind, reason }: { kind: 'exponential' | 'polynomial'; reason: string }) => ({
      text: `The pattern can run away (${kind} backtracking): ${reason}.`,
    }),
  ),
  'schema.recursion': error(({ reference }: { reference: string }) => ({
    text: `The reference ${quote(reference)} applies a schema again to the value that it is applied to, without end.`,
    mend: 'refer to the schema from a member or an item only',
  })),
  'schema.too-large': error(({ limit }: { limit?: number }) => ({
    text:
      limit === undefined
        ? 'The document holds a schema that is too large for a validator to be made of it.'
        : `The schema is made of more than ${limit} others, or names of members.`,
    mend: 'split the schema into named ones',
  })),
  'schema.example.invalid': warning(({ reason }: { reason: string }) => ({
    text: `The schema's own example breaks it: ${reason}.`,
  })),
  'schema.default.invalid': warning(({ reason }: { reason: string }) => ({
    text: `The schema's own default breaks it: ${reason}.`,
  })),

  // Names
  'name.characters': error(({ name }: { name: string }) => ({
    text: `The name ${quote(name)} holds control, bidirectional or invisible characters.`,
  })),
  'name.odd': warning(({ name }: { name: string }) => ({
    text: `The name ${quote(name)} holds control, bidirectional or invisible characters.`,
  })),
  'name.header': error(({ name }: { name: string }) => ({
    text: `The header name ${quote(name)} is not an HTTP token.`,
    expected: "letters, digits and !#$%&'*+-.^_`|~",
  })),
  'name.collision': error(
    ({ one, other, name, key }: { one: string; other: string; name: string; key: string }) => ({
      text: `${sentence(one)} and ${other} both come to the name ${quote(name)} in generated code.`,
      mend: `give one of them a name of its own in the configuration (${key})`,
    }),
  ),
  'name.unusable': error(({ what, key }: { what: string; key: string }) => ({
    text: `No identifier can be made of the name of ${what}.`,
    mend: `give it a name in the configuration (${key})`,
  })),
  'site.too-large': error(({ limit }: { limit: number }) => ({
    text: `The pages about the document would hold more than ${limit} characters: it says long texts in too many places.`,
    mend: 'say what many messages share in one schema, or in the description of the document',
  })),
  'name.folder': error(({ name }: { name: string }) => ({
    text: `No folder of generated code can bear the name ${quote(name)}.`,
    expected:
      'ASCII letters, digits, ".", "_" and "-" before ".asyncapi.", with a letter or digit first and last, and no name that Windows reserves',
    mend: 'rename the file',
  })),

  // Messages
  'message.none': error(() => ({
    text: 'The document has no channel with a message.',
    expected: 'at least one message in "channels"',
  })),
  'message.duplicate': error(({ name }: { name: string }) => ({
    text: `Two messages bear the name ${quote(name)}.`,
    mend: 'give each message a name of its own',
  })),
  'message.example.invalid': error(
    ({ part, reason }: { part: 'payload' | 'headers'; reason: string }) => ({
      text: `The example's ${part} and the message's schema disagree: ${reason}.`,
    }),
  ),
  'message.example.mistaken': error(({ name, found }: { name: string; found: string }) => ({
    text: `The example of ${quote(name)} is taken for ${quote(found)}.`,
    mend: 'tell the two messages apart by a constant, or correct the example',
  })),
  'message.content-type': error(({ found }: { found: string }) => ({
    text: "Messages of this content type can't be judged.",
    expected: 'JSON: "application/json", or a type that ends in "+json"',
    found,
  })),
  'headers.closed': warning(() => ({
    text: 'The headers are closed, but every request has others as well, such as "Host".',
    mend: 'let the schema of the headers allow what it does not name',
  })),
  'headers.too-many': error(({ limit }: { limit: number }) => ({
    text: `The messages name more than ${limit} headers, each counted for every message.`,
    mend: 'split the document, or name fewer headers',
  })),
  'message.unreachable': error(({ name, reason }: { name: string; reason: string }) => ({
    text: `The message ${quote(name)} can never be chosen: ${reason}.`,
  })),
  'message.overlap': warning(({ one, other }: { one: string; other: string }) => ({
    text: `Nothing tells the messages ${quote(one)} and ${quote(other)} apart; a delivery may match both.`,
    mend: 'give each a required constant at the same place of payload or headers',
  })),
  'correlation.unknown': warning(
    ({
      path,
      where,
      message,
    }: {
      path: string;
      where: 'headers' | 'payload';
      message: string;
    }) => ({
      text: `The correlation id stands at ${quote(path)} of the ${where}, which the schema of the message ${quote(message)} does not know.`,
    }),
  ),
  'message.source.missing': error(({ name }: { name: string }) => ({
    text: `The message ${quote(name)} has no "x-source".`,
    mend: 'say which document and section states it',
  })),

  // Configuration
  'config.invalid': error(({ reason }: { reason: string }) => ({
    text: `The configuration ${reason}.`,
  })),

  // Generated output
  'output.stale': error(
    ({ change, command }: { change: 'missing' | 'different' | 'left over'; command: string }) => ({
      text:
        change === 'missing'
          ? 'The file is missing.'
          : change === 'different'
            ? 'The file is not what its document generates.'
            : 'The file belongs to no document any more.',
      mend: command,
    }),
  ),
  'output.edited': error(({ canForce }: { canForce: boolean }) => ({
    text: 'The file was changed by hand since it was generated.',
    mend: `keep the change elsewhere, then ${canForce ? 'run generate with --force' : 'remove the file'}`,
  })),
  'output.foreign': error(({ canForce }: { canForce: boolean }) => ({
    text: 'A file that was not generated stands where one would be written.',
    mend: canForce ? 'move it away, or run generate with --force' : 'move it away',
  })),
  'output.link': error(({ what }: { what: string }) => ({
    text:
      what === 'symbolic link'
        ? 'A symbolic link stands where a generated file would be written; links are not followed.'
        : `A ${what} stands where a generated file or folder would be written.`,
    mend: what === 'symbolic link' ? 'remove the link' : 'move it away',
  })),
  'output.manifest': error(({ reason, canForce }: { reason: string; canForce: boolean }) => ({
    text: `The list of generated files can't be trusted: ${reason}.`,
    mend: canForce
      ? 'remove it, then run generate with --force'
      : 'remove it, and the files that it is about',
  })),

  // A delivery
  'payload.not-json': error(({ reason }: { reason: string }) => ({
    text: `The body is not JSON: ${reason}.`,
  })),
  'payload.refused': error(({ reason }: { reason: string }) => ({
    text: `The body is refused: ${reason}.`,
  })),
  'payload.invalid': error((words: Words) => words),
  'payload.undocumented': error(({ name }: { name: string }) => ({
    text: `The document does not know the field ${quote(name)}.`,
    mend: 'document it, or judge without --strict',
  })),
  'headers.invalid': error((words: Words) => words),
  'message.unknown': error((words: Words) => words),
  'check.failed': error((words: Words) => words),

  // A pact
  'pact.invalid': error(({ reason }: { reason: string }) => ({
    text: `This is not a pact: ${reason}.`,
    expected: 'a file as Pact writes it',
  })),
  'pact.version': error(({ found }: { found: string }) => ({
    text: 'This version of the Pact specification is not supported.',
    expected: '"4.0"',
    found,
    mend: 'write the pact with PactV4',
  })),
  'pact.empty': error(() => ({
    text: 'The pact has no interactions: it agrees nothing.',
    mend: 'write expectations, or remove the file',
  })),
  'pact.duplicate': error(({ description }: { description: string }) => ({
    text: `Two interactions bear the description ${quote(description)} and the same provider states.`,
    mend: 'give each a description of its own',
  })),
  'pact.kind': error(({ found }: { found: string }) => ({
    text: 'Interactions of this kind are no webhooks.',
    expected: '"Asynchronous/Messages" or "Synchronous/HTTP"',
    found,
  })),
  'pact.unlinked': error(() => ({
    text: 'The interaction does not say which operation it is about.',
    expected: 'comments.references.AsyncAPI.operationId',
    mend: "add reference('AsyncAPI', 'operationId', …) to the interaction",
  })),
  'pact.operation.unknown': error(
    ({
      operation,
      suggestion,
      known,
      isChannel,
    }: {
      operation: string;
      suggestion?: string;
      known: readonly string[];
      isChannel: boolean;
    }) => ({
      text: isChannel
        ? `${quote(operation)} is the key of a channel, and no document has an operation of this name.`
        : `No document has the operation ${quote(operation)}.`,
      ...knownNames(suggestion, known),
    }),
  ),
  'pact.operation.ambiguous': error(
    ({ operation, files }: { operation: string; files: readonly string[] }) => ({
      text: `More than one document has the operation ${quote(operation)}: ${files.join(', ')}.`,
      mend: 'name the document with --spec, or give the operations names of their own',
    }),
  ),
  'pact.message.unknown': error(
    ({
      message,
      operation,
      suggestion,
      known,
    }: {
      message: string;
      operation: string;
      suggestion?: string;
      known: readonly string[];
    }) => ({
      text: `The operation ${quote(operation)} has no message ${quote(message)}.`,
      ...knownNames(suggestion, known),
    }),
  ),
  'pact.message.missing': error(
    ({
      operation,
      messages,
      fits,
    }: {
      operation: string;
      messages: readonly string[];
      fits: boolean;
    }) => ({
      text: `The interaction does not say which message of ${quote(operation)} it is about${fits ? '' : ', and what it shows fits none of them'}.`,
      expected: `comments.references.AsyncAPI.messageId: ${messages.join(', ')}`,
      mend: "add reference('AsyncAPI', 'messageId', …) to the interaction",
    }),
  ),
  'pact.content-type': error(({ expected, found }: { expected: string; found: string }) => ({
    text: 'The content type is not the one that the document states.',
    expected,
    found,
  })),
  'pact.contents.empty': error(() => ({
    text: 'The interaction expects nothing of the payload: any delivery would satisfy it.',
    mend: 'name the fields that the consumer needs',
  })),
  'pact.contents.invalid': error(({ reason }: { reason: string }) => ({
    text: `The contents can't be read: ${reason}.`,
  })),
  'pact.value.impossible': error((words: Words) => words),
  'pact.field.unknown': error(
    ({ what, name, suggestion }: { what: string; name: string; suggestion?: string }) => ({
      text: `The document does not know the ${what} ${quote(name)}.`,
      ...didYouMean(suggestion),
    }),
  ),
  'pact.field.optional': error(({ what, name }: { what: string; name: string }) => ({
    text: `The consumer relies on the ${what} ${quote(name)}, which may be absent.`,
    mend: 'add an interaction of the same message that leaves it out',
  })),
  'pact.value.nullable': error(({ subject, mend }: { subject: string; mend: string }) => ({
    text: `The consumer relies on a value of ${subject}, which may be null.`,
    mend,
  })),
  'pact.list.empty': error(({ name }: { name: string }) => ({
    text: `The consumer relies on at least one item in ${quote(name)}, which may be empty.`,
    mend: 'add an interaction of the same message in which it is []',
  })),
  'pact.rule.broken': error((words: Words) => words),
  'pact.rule.contradicted': error(
    ({ path, rule, found }: { path: string; rule: string; found: string }) => ({
      text: `The interaction's own example breaks its matching rule ${quote(path)} (${rule}).`,
      found,
    }),
  ),
  'pact.rule.unjudged': error(
    ({ path, rule, reason }: { path: string; rule: string; reason: string }) => ({
      text: `The matching rule ${quote(path)} (${rule}) can't be judged: ${reason}.`,
    }),
  ),
  'pact.rule.unused': error(({ path }: { path: string }) => ({
    text: `The matching rule ${quote(path)} applies to nothing in the interaction.`,
    mend: 'correct its path, or remove it',
  })),
  'pact.request.method': error(({ expected, found }: { expected: string; found: string }) => ({
    text: "The request's method is not the one that the document states.",
    expected,
    found,
  })),
  'pact.request.path': error(({ expected, found }: { expected: string; found: string }) => ({
    text: "The request's path is not the channel's address.",
    expected,
    found,
  })),
  'pact.request.query': error(({ found }: { found: string }) => ({
    text: 'The request has a query, of which the document says nothing.',
    found,
  })),
  'pact.request.invalid': error((words: Words) => words),
  'pact.request.undocumented': error(({ what, name }: { what: string; name: string }) => ({
    text: `The producer sends the ${what} ${quote(name)}, which the document does not know.`,
    mend: 'document it, or stop sending it',
  })),
  'pact.credential': error((words: Words) => words),
  'pact.status': error((words: Words) => words),
  'pact.unjudged': error(
    ({ what, reason, mend }: { what: string; reason: string; mend?: string }) => ({
      text: `${sentence(what)} can't be judged: ${reason}.`,
      ...(mend === undefined ? {} : { mend }),
    }),
  ),
  'pact.direction': warning(({ producer, consumer }: { producer: string; consumer: string }) => ({
    text: `Here ${quote(producer)} sends what ${quote(consumer)} receives, and another interaction has the two the other way round.`,
    mend: 'name the producer of messages as the provider, and the sender of requests as the consumer',
  })),
  'message.uncovered': warning(({ name }: { name: string }) => ({
    text: `No pact is about the message ${quote(name)}.`,
  })),

  // Two versions of documents; what changed has codes of its own (compare/rules.ts)
  'diff.old-unreadable': warning(({ name, reason }: { name: string; reason: string }) => ({
    text: `The old version of ${quote(name)} has errors, so that nobody can say what changed: ${reason}`,
  })),
  'diff.relied-on': error(
    ({
      side,
      name,
      message,
      interaction,
      others,
      rules,
      reason,
    }: {
      side: 'consumer' | 'producer';
      name: string;
      message: string;
      interaction: string;
      /** How many more interactions there are. */
      others: number;
      /** What changed about the message. */
      rules: readonly string[];
      reason: string;
    }) => {
      const what = rules.length === 0 ? 'what changed' : rules.join(', ');
      const more = others === 0 ? '' : ` and ${others} more`;
      const verb =
        side === 'consumer' ? 'relies on what is not guaranteed' : 'sends what is not allowed';
      return {
        text: `The ${side} ${quote(name)} ${verb} any more in ${quote(message)} (${what}): its interaction ${quote(interaction)}${more} agreed with the old version. ${reason}`,
      };
    },
  ),

  // The AsyncAPI parser's own opinion (lint --parser)
  'parser.error': error(({ rule, text }: { rule: string; text: string }) => ({
    text: `@asyncapi/parser (${rule}): ${text}`,
  })),
  'parser.warning': warning(({ rule, text }: { rule: string; text: string }) => ({
    text: `@asyncapi/parser (${rule}): ${text}`,
  })),
} as const;

/** Names one kind of problem; the union is closed. */
export type ProblemCode = keyof typeof problemTable;

/** What each kind of problem tells about itself. */
export type ProblemDetails = {
  [C in ProblemCode]: Parameters<(typeof problemTable)[C]['say']>[0];
};
