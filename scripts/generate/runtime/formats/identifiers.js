// @ts-check
// Judges the names of hosts and mailboxes as ajv-formats 3.0.1 does. Texts of any length take time
// in proportion to it: what repeats without a limit is a class of characters, never a group.

const MAILBOX = /^([\w!#$%&'*+/=?^`{|}~.-]+)@([a-z0-9-]+\.[a-z0-9.-]+)$/i;
const NOT_ATOMS = /^\.|\.\.|\.$/;
const NOT_LABELS = /^-|\.[.-]|-\.|[.-]$/;
const HOSTNAME =
  /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i;
const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const IPV4 = new RegExp(`^(?:${OCTET}\\.){3}${OCTET}$`);
const IPV4_AT_END = new RegExp(`:(?:${OCTET}\\.){3}${OCTET}$`);
const GROUP = /^[0-9a-f]{1,4}$/i;

/**
 * Judges an e-mail address, `a.b@example.com`: no quoted names, at least two labels after the @.
 * https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2
 * @param {string} value
 */
export function email(value) {
  const [, name = '', host = ''] = MAILBOX.exec(value) ?? [];
  return host !== '' && !NOT_ATOMS.test(name) && !NOT_LABELS.test(host);
}

/**
 * Judges the name of a host, `example.com`, with or without a final dot: at most 253 characters,
 * 63 per label. https://www.rfc-editor.org/rfc/rfc1123#section-2.1
 * @param {string} value
 */
export function hostname(value) {
  if (value.length > 254) return false;
  const name = value.endsWith('.') ? value.slice(0, -1) : value;
  return name.length <= 253 && HOSTNAME.test(name);
}

/**
 * Judges an IPv4 address, `192.0.2.1`; no leading zeros.
 * https://www.rfc-editor.org/rfc/rfc2673#section-3.2
 * @param {string} value
 */
export function ipv4(value) {
  return IPV4.test(value);
}

/**
 * Judges an IPv6 address, `2001:db8::1`: eight groups, of which `::` stands for one or more, and an
 * IPv4 address for the last two; no zone. https://www.rfc-editor.org/rfc/rfc4291#section-2.2
 * @param {string} value
 */
export function ipv6(value) {
  if (value.length > 45) return false;
  const parts = value.replace(IPV4_AT_END, ':0:0').split('::');
  const groups = parts.flatMap((part) => (part === '' ? [] : part.split(':')));
  const isFull = parts.length === 1 ? groups.length === 8 : parts.length === 2 && groups.length < 8;
  return isFull && groups.every((group) => GROUP.test(group));
}
