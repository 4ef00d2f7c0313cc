// @ts-check
/** Asks of a request the credentials that the document demands, and that the options say how to judge. */
import { headerOption, verifierOf } from './credentials.js';

/** @typedef {import('./credentials.js').Credential} Credential */
/** @typedef {import('./credentials.js').Verdict} Verdict */

/**
 * What a message demands of its sender: of each list one credential, by its index in the document's.
 * @typedef {readonly (readonly number[])[]} Requirement
 */

/**
 * @typedef {{
 *   readonly credentials: readonly Credential[],
 *   readonly requirements: readonly Requirement[],
 * }} Security `requirements`: one for each message, or a single one for all
 */

/**
 * Authenticates requests.
 *  - `judge` returns a verdict for each credential, undefined for one that the request bears;
 *  - `lackOf` says what these verdicts lack for a message (by its index); without one, for those that demand something;
 *  - `isOpen` tells whether there are messages that demand nothing, so that only the message can say what is lacking.
 *  - `differs` tells whether messages demand different things.
 * @typedef {{
 *   judge: (headers: Readonly<Record<string, string>>, body: Uint8Array, seconds: () => number) => readonly Verdict[] | Promise<readonly Verdict[]>,
 *   lackOf: (verdicts: readonly Verdict[], message?: number) => Verdict,
 *   isOpen: boolean,
 *   differs: boolean,
 * }} Authenticator
 */

/** The option that gives up all of it. */
export const WITHOUT = 'dangerouslyAcceptUnauthenticated';

/** Which option says how to judge a credential. */
const OPTION_OF = Object.freeze({
  hmac: 'secrets',
  'timestamped-hmac': 'secrets',
  'standard-webhooks': 'secrets',
  bearer: 'tokens',
  'static-header': 'headers',
  unsupported: WITHOUT,
});

/**
 * Makes what authenticates requests. Every credential that was configured is judged to its end. Throws a TypeError
 * where the options leave out what the document demands, or can't be meant.
 * @param {Security} security
 * @param {Readonly<Record<string, unknown>>} options
 * @returns {Authenticator}
 */
export function authenticatorOf({ credentials, requirements }, options) {
  const given = ['secrets', 'tokens', 'headers'].filter((name) => Object.hasOwn(options, name));
  if (Object.hasOwn(options, WITHOUT) && options[WITHOUT] !== true) {
    throw new TypeError(`${WITHOUT} is not true`);
  }
  for (const name of given) checkGiven(name, options, credentials);

  const isWaived = options[WITHOUT] === true;
  const verifiers = credentials.map((credential) =>
    verifierOf(credential, optionsFor(credential, credentials, options)),
  );
  /** What is left to ask of each message: the credentials of each list that can be judged. */
  const asked = requirements.map((lists) =>
    lists
      .map((list) => ({ list, judged: list.filter((index) => verifiers[index] !== undefined) }))
      .filter(
        ({ list, judged }) => judged.length > 0 || !(isWaived || mayBeLeftOut(list, credentials)),
      )
      .map(({ judged }) => judged),
  );
  // Where some messages demand credentials and others none, leaving them out would be a mistake all the same.
  const demanding = asked.filter((lists) => lists.length > 0);
  const isMeetable = (/** @type {Requirement} */ lists) => lists.every((list) => list.length > 0);
  if (demanding.length > 0 && !demanding.some(isMeetable)) {
    throw new TypeError(demand(requirements, credentials));
  }

  return {
    judge: (headers, body, seconds) => {
      const verdicts = [];
      let isPending = false;
      for (const verify of verifiers) {
        const verdict = verify === undefined ? UNCONFIGURED : verify(headers, body, seconds);
        if (verdict instanceof Promise) isPending = true;
        verdicts.push(verdict);
      }
      return isPending ? Promise.all(verdicts) : /** @type {Verdict[]} */ (verdicts);
    },
    lackOf: (verdicts, message) => {
      const one = asked.length === 1 ? asked[0] : asked[message ?? -1];
      if (one !== undefined) return lackIn(one, verdicts);
      const lacks = (demanding.length > 0 ? demanding : asked).map((lists) =>
        lackIn(lists, verdicts),
      );
      return lacks.includes(undefined) ? undefined : gravest(lacks);
    },
    isOpen: demanding.length < asked.length,
    differs: asked.length > 1,
  };
}

/**
 * Tells whether a document lets senders leave out all credentials of a list.
 * @param {readonly number[]} list
 * @param {readonly Credential[]} credentials
 * @returns {boolean}
 */
export function mayBeLeftOut(list, credentials) {
  return list.every((index) => {
    const credential = credentials[index];
    return credential?.kind === 'static-header' && credential.isOptional;
  });
}

/**
 * Returns the options that a credential is judged by: a header that is another one's is none of whose name is free.
 * @param {Credential} credential
 * @param {readonly Credential[]} credentials
 * @param {Readonly<Record<string, unknown>>} options
 * @returns {Readonly<Record<string, unknown>>}
 */
function optionsFor(credential, credentials, options) {
  const { headers } = options;
  const isFree = credential.kind === 'static-header' && credential.header === undefined;
  if (!isFree || headers === undefined) return options;
  const taken = credentials.flatMap((other) =>
    other.kind === 'static-header' && other.header !== undefined ? other.header.toLowerCase() : [],
  );
  const left = headerOption(headers).filter(([name]) => !taken.includes(name.toLowerCase()));
  return { ...options, headers: left.length === 0 ? undefined : Object.fromEntries(left) };
}

/**
 * @param {Requirement} lists
 * @param {readonly Verdict[]} verdicts
 * @returns {Verdict} of a list that no credential meets
 */
function lackIn(lists, verdicts) {
  for (const list of lists) {
    if (list.some((index) => verdicts[index] === undefined)) continue;
    return gravest(list.map((index) => verdicts[index])) ?? UNCONFIGURED;
  }
  return undefined;
}

/** From what says most about a request to what says least. */
const GRAVITY = ['wrong', 'expired', 'malformed', 'missing', 'unconfigured'];

/**
 * @param {readonly Verdict[]} verdicts
 * @returns {Verdict}
 */
function gravest(verdicts) {
  for (const kind of GRAVITY) {
    const found = verdicts.find((verdict) => verdict?.code === `credentials.${kind}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** @type {import('./module.js').CredentialsProblem} */
const UNCONFIGURED = Object.freeze({
  code: 'credentials.unconfigured',
  in: 'headers',
  path: '',
  text: 'The receiver was given nothing to authenticate this message by.',
});

/**
 * Checks that an option is one that the document has a use for.
 * @param {string} name
 * @param {Readonly<Record<string, unknown>>} options
 * @param {readonly Credential[]} credentials
 */
function checkGiven(name, options, credentials) {
  if (options[name] === undefined) {
    throw new TypeError(`${name} is missing: it was given, but is undefined`);
  }
  const users = credentials.filter(({ kind }) => OPTION_OF[kind] === name);
  if (users.length === 0) {
    const wanted = [...new Set(credentials.map(({ kind }) => OPTION_OF[kind]))];
    const instead =
      wanted.length === 0 ? 'it states no credentials' : `it wants ${wanted.join(' or ')}`;
    throw new TypeError(`${name} is nothing this document has a use for: ${instead}`);
  }
  if (name !== 'headers') return;
  const names = users.flatMap((user) => (user.kind === 'static-header' ? [user.header] : []));
  if (names.includes(undefined)) return;
  for (const [header] of headerOption(options.headers)) {
    if (!names.some((known) => known?.toLowerCase() === header.toLowerCase())) {
      throw new TypeError(
        `headers names ${JSON.stringify(header)}: the document's is ${names.join(' or ')}`,
      );
    }
  }
}

/**
 * Says what the document demands.
 * @param {readonly Requirement[]} requirements
 * @param {readonly Credential[]} credentials
 * @returns {string}
 */
function demand(requirements, credentials) {
  const lists = requirements.find((demanded) => demanded.length > 0) ?? [];
  const wanted = lists.map((list) =>
    [...new Set(list.map((index) => inWords(credentials[index])))].join(', or '),
  );
  return `the document demands ${[...new Set(wanted)].join('; and ')}`;
}

/**
 * @param {Credential | undefined} credential
 * @returns {string}
 */
function inWords(credential) {
  switch (credential?.kind) {
    case 'hmac':
    case 'timestamped-hmac':
      return `a signature in ${credential.header}: give "secrets"`;
    case 'standard-webhooks':
      return `a signature in ${credential.prefix}signature: give "secrets"`;
    case 'bearer':
      return 'a bearer token: give "tokens"';
    case 'static-header':
      return `the header ${credential.header ?? 'whose name you chose'}: give "headers"`;
    default:
      return `${credential?.scheme}, which can't be judged by headers and body: judge it yourself, and say "${WITHOUT}"`;
  }
}
