/**
 * Every rule by which a change is reported: from which level on it has to hold whatever it does to deliveries, and its
 * words. The rules are a closed union; one that is not here does not exist.
 */

/** What has to stay: what deliveries are; what code that was generated declares; what documentation is linked by. */
export const levels = ['wire', 'types', 'documentation'] as const;
export type Level = (typeof levels)[number];

/** What a rule's words are made of. */
export interface Details {
  /** What changed, such as `the field "data.status" of booking.updated`. */
  readonly subject: string;
  /** What stood there, and what stands there now, as text. */
  readonly old: string;
  readonly now: string;
}

interface RuleEntry {
  readonly level: Level;
  readonly say: (details: Details) => string;
}

const wire = (say: RuleEntry['say']): RuleEntry => ({ level: 'wire', say });
const types = (say: RuleEntry['say']): RuleEntry => ({ level: 'types', say });
const documentation = (say: RuleEntry['say']): RuleEntry => ({ level: 'documentation', say });

/** A bound of a kind, in words: its change breaks no declared type. */
const bound = (what: string) => ({
  added: wire(({ subject, now }) => `There is a ${what} of ${subject} now: ${now}.`),
  removed: wire(({ subject, old }) => `There is no ${what} of ${subject} any more; it was ${old}.`),
  raised: wire(({ subject, old, now }) => `The ${what} of ${subject} is ${now}; it was ${old}.`),
  lowered: wire(({ subject, old, now }) => `The ${what} of ${subject} is ${now}; it was ${old}.`),
});

const boundRules = {
  minimum: bound('minimum'),
  maximum: bound('maximum'),
  'min-length': bound('least length'),
  'max-length': bound('greatest length'),
  'min-items': bound('least number of items'),
  'max-items': bound('greatest number of items'),
  'min-properties': bound('least number of members'),
  'max-properties': bound('greatest number of members'),
};

type BoundRule = `${keyof typeof boundRules}.${keyof ReturnType<typeof bound>}`;

/** What is stated, was stated, or is stated otherwise. */
const stated = <Name extends string>(name: Name, what: string, make = wire) =>
  ({
    [`${name}.added`]: make(
      ({ subject, now }) => `${sentence(what)} of ${subject} is new: ${now}.`,
    ),
    [`${name}.removed`]: make(
      ({ subject, old }) => `${sentence(what)} of ${subject} is gone; it was ${old}.`,
    ),
    [`${name}.changed`]: make(
      ({ subject, old, now }) => `${sentence(what)} of ${subject} is ${now}; it was ${old}.`,
    ),
  }) as Record<`${Name}.${'added' | 'removed' | 'changed'}`, RuleEntry>;

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export const rules = {
  // Values
  'type.changed': types(
    ({ subject, old, now }) => `The type of ${subject} is ${now}; it was ${old}.`,
  ),
  'type.narrowed': types(
    ({ subject, old, now }) => `The type of ${subject} is only ${now}; it was ${old}.`,
  ),
  'type.widened': types(
    ({ subject, old, now }) => `The type of ${subject} may be ${now}; it was ${old}.`,
  ),
  'null.added': types(({ subject }) => `${sentence(subject)} may be null now.`),
  'null.removed': types(({ subject }) => `${sentence(subject)} may not be null any more.`),
  ...stated('const', 'the constant', types),
  'enum.added': types(({ subject, now }) => `The values of ${subject} are limited now: ${now}.`),
  'enum.removed': types(
    ({ subject, old }) => `The values of ${subject} are not limited any more; they were ${old}.`,
  ),
  'enum.narrowed': types(({ subject, old }) => `${sentence(subject)} may not be ${old} any more.`),
  'enum.widened': types(({ subject, now }) => `${sentence(subject)} may be ${now} now.`),
  ...(Object.fromEntries(
    Object.entries(boundRules).flatMap(([name, ways]) =>
      Object.entries(ways).map(([way, entry]) => [`${name}.${way}`, entry]),
    ),
  ) as Record<BoundRule, RuleEntry>),
  ...stated('pattern', 'the pattern'),
  ...stated('format', 'the format'),
  ...stated('multiple-of', 'the divisor'),

  // Members
  'property.added': wire(({ subject }) => `${sentence(subject)} is new.`),
  'property.removed': types(({ subject }) => `${sentence(subject)} is gone.`),
  'required.added': types(({ subject }) => `${sentence(subject)} is required now.`),
  'required.removed': types(({ subject }) => `${sentence(subject)} is not required any more.`),
  'additional-properties.closed': wire(
    ({ subject }) => `${sentence(subject)} may have no members any more that it does not name.`,
  ),
  'additional-properties.opened': wire(
    ({ subject }) => `${sentence(subject)} may have members that it does not name now.`,
  ),
  'additional-properties.narrowed': types(
    ({ subject }) => `Members of ${subject} that it does not name are limited further.`,
  ),
  'additional-properties.widened': types(
    ({ subject }) => `Members of ${subject} that it does not name are limited less.`,
  ),
  ...stated('property-names', 'the rule for names of members'),
  'dependencies.added': wire(({ subject }) => `What must stand beside ${subject} is stated now.`),
  'dependencies.removed': wire(({ subject }) => `Nothing must stand beside ${subject} any more.`),
  'dependencies.changed': wire(({ subject }) => `What must stand beside ${subject} is another.`),

  // Lists
  'unique-items.added': wire(({ subject }) => `The items of ${subject} must differ now.`),
  'unique-items.removed': wire(
    ({ subject }) => `The items of ${subject} need not differ any more.`,
  ),
  'contains.added': wire(({ subject }) => `There is an item that ${subject} must contain now.`),
  'contains.removed': wire(
    ({ subject }) => `There is no item that ${subject} must contain any more.`,
  ),
  'contains.changed': wire(
    ({ subject }) => `What ${subject} must contain, or how often, is another.`,
  ),

  // What schemas are made of
  'alternative.added': types(({ subject }) => `The alternatives of ${subject} allow more now.`),
  'alternative.removed': types(({ subject }) => `The alternatives of ${subject} allow less now.`),
  'overlap.added': wire(
    ({ subject }) => `${sentence(subject)} may fit several of its alternatives now.`,
  ),
  'overlap.removed': wire(
    ({ subject }) => `${sentence(subject)} may fit only one of its alternatives now.`,
  ),
  'value.allowed': wire(({ subject }) => `${sentence(subject)} is allowed now.`),
  'value.forbidden': wire(({ subject }) => `${sentence(subject)} is not allowed any more.`),
  ...stated('not', 'the exclusion'),
  'if.added': wire(({ subject }) => `There is a condition on ${subject} now.`),
  'if.removed': wire(({ subject }) => `There is no condition on ${subject} any more.`),
  'if.changed': wire(({ subject }) => `The condition on ${subject} says something else.`),
  'schema.changed': wire(({ subject }) => `The schema of ${subject} says something else.`),

  // What values mean
  ...stated('unit', 'the unit'),
  ...stated('content', 'the content, as text,'),

  // Messages
  'message.added': wire(({ subject }) => `${sentence(subject)} is new.`),
  'message.removed': types(({ subject }) => `${sentence(subject)} is gone.`),
  'operation.moved': wire(
    ({ subject, old, now }) => `${sentence(subject)} is on the channel ${now}; it was on ${old}.`,
  ),
  'message.withdrawn': wire(
    ({ subject, old, now }) => `${sentence(subject)} is not ${old} by ${now} any more.`,
  ),
  'message.enlisted': wire(({ subject, now }) => `${sentence(subject)} is ${now} now.`),
  'message.moved': wire(({ subject, old }) => `${sentence(subject)} has left the channel ${old}.`),
  'message.renamed': types(({ subject, old }) => `${sentence(subject)} was called ${old}.`),
  'payload.added': types(({ subject }) => `The payload of ${subject} has a schema now.`),
  'payload.removed': types(({ subject }) => `The payload of ${subject} has no schema any more.`),
  ...stated('content-type', 'the content type'),
  ...stated('correlation-id', 'the place of the correlation id'),

  // Requests
  ...stated('method', 'the method'),
  ...stated('address', 'the address'),
  'parameter.added': wire(
    ({ subject, now }) => `The values of ${subject} are limited now: ${now}.`,
  ),
  'parameter.removed': wire(
    ({ subject, old }) => `The values of ${subject} are not limited any more; they were ${old}.`,
  ),
  'parameter.narrowed': wire(
    ({ subject, old }) => `${sentence(subject)} may not be ${old} any more.`,
  ),
  'parameter.widened': wire(({ subject, now }) => `${sentence(subject)} may be ${now} now.`),
  'server.added': wire(({ subject, now }) => `${sentence(subject)} is new: ${now}.`),
  'server.removed': wire(({ subject, old }) => `${sentence(subject)} is gone; it was ${old}.`),
  'server.changed': wire(
    ({ subject, old, now }) => `${sentence(subject)} is ${now}; it was ${old}.`,
  ),
  'server.renamed': documentation(({ subject, old }) => `${sentence(subject)} was called ${old}.`),
  'channel-server.added': wire(
    ({ subject, now }) => `${sentence(subject)} is on the server ${now} now.`,
  ),
  'channel-server.removed': wire(
    ({ subject, old }) => `${sentence(subject)} is not on the server ${old} any more.`,
  ),
  'channel.added': wire(({ subject }) => `${sentence(subject)} is new.`),
  'channel.removed': documentation(({ subject }) => `${sentence(subject)} is gone.`),
  'channel.renamed': documentation(({ subject, old }) => `${sentence(subject)} was called ${old}.`),
  'operation.added': wire(({ subject }) => `${sentence(subject)} is new.`),
  'operation.removed': documentation(({ subject }) => `${sentence(subject)} is gone.`),
  'operation.renamed': documentation(
    ({ subject, old }) => `${sentence(subject)} was called ${old}.`,
  ),
  'action.changed': wire(
    ({ subject, old, now }) =>
      `The action of ${subject} is ${now}; it was ${old}: the sides have changed places.`,
  ),
  'bindings.added': wire(({ subject }) => `There are bindings of ${subject} now.`),
  'bindings.removed': wire(({ subject }) => `There are no bindings of ${subject} any more.`),
  'bindings.changed': wire(({ subject }) => `The bindings of ${subject} say something else.`),
  'reply.added': wire(({ subject }) => `There is a reply to ${subject} now.`),
  'reply.removed': wire(({ subject }) => `There is no reply to ${subject} any more.`),
  'reply.changed': wire(({ subject }) => `The reply to ${subject} says something else.`),

  // Security
  'security.added': wire(
    ({ subject, now }) => `${sentence(subject)} demands a credential now: ${now}.`,
  ),
  'security.removed': wire(
    ({ subject, old }) => `${sentence(subject)} demands no credential any more; it was ${old}.`,
  ),
  'security.changed': wire(
    ({ subject, old, now }) => `The credential of ${subject} is ${now}; it was ${old}.`,
  ),
  'security.narrowed': wire(
    ({ subject, old }) => `${sentence(subject)} does not take ${old} any more.`,
  ),
  'security.widened': wire(({ subject, now }) => `${sentence(subject)} takes ${now} now.`),
  'tolerance.raised': wire(
    ({ subject, old, now }) =>
      `Times in signatures of ${subject} may be ${now} s off; it was ${old} s.`,
  ),
  'tolerance.lowered': wire(
    ({ subject, old, now }) =>
      `Times in signatures of ${subject} may be at most ${now} s off; it was ${old} s.`,
  ),

  // Answers
  'success.narrowed': wire(({ old }) => `The status ${old} does not count as delivered any more.`),
  'success.widened': wire(({ now }) => `The status ${now} counts as delivered now.`),
  ...stated('attempts', 'the number of attempts'),
  'delivery-rule.added': wire(({ subject, now }) => `The delivery rule ${subject} is new: ${now}.`),
  'delivery-rule.removed': wire(
    ({ subject, old }) => `The delivery rule ${subject} is gone; it was ${old}.`,
  ),
  'delivery-rule.changed': wire(
    ({ subject, old, now }) => `The delivery rule ${subject} is ${now}; it was ${old}.`,
  ),

  // Names
  'identifier.changed': types(
    ({ subject, old, now }) => `The type of ${subject} is ${now} in generated code; it was ${old}.`,
  ),
  'identifier.removed': types(({ old }) => `Generated code has no type ${old} any more.`),
  'document.added': wire(({ subject }) => `${sentence(subject)} is new.`),
  'document.removed': types(({ subject }) => `${sentence(subject)} is gone.`),
} satisfies Record<string, RuleEntry>;

/** The rule by which a change is reported. */
export type Rule = keyof typeof rules;

/** Tells whether a text is a rule. */
export function isRule(text: string): text is Rule {
  return Object.hasOwn(rules, text);
}
