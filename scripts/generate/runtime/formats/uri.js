// @ts-check
// Judges URIs, their templates and web addresses as ajv-formats 3.0.1 does. Texts of any length
// take time in proportion to it: what repeats without a limit is a class of characters, never a
// group, and no two neighbours share a character. Percent signs are let through by the classes and
// judged by NOT_ENCODED.

const NOT_ENCODED = /%(?![0-9a-f]{2})/i;

// A host that is a name, its user and its port use no character that a path may not hold, and a
// path may begin with slashes; so only a host in brackets needs a part of its own.
const AUTHORITY = "\\/?\\/(?:[\\w.~!$&'()*+,;=:%-]*@)?\\[([^\\]]*)\\](?::\\d*)?(?=[/?#]|$)";
const URI = uriPattern("\\w.~!$&'()*+,;=:@/%-");
// Unlike in `uri`, quotation marks may stand in references.
const REFERENCE = uriPattern('\\w.~!$&\'()*+,;=:@/%"-');
const SCHEME = /^[a-z][a-z0-9+.-]*:(?![?#]|$)/i;

const URI_OCTET = '(?:25[0-5]|2[0-4]\\d|[01]?\\d\\d?)';
const URI_IPV4_AT_END = new RegExp(`:(?:${URI_OCTET}\\.){3}${URI_OCTET}$`);
const URI_GROUP = /^[0-9a-f]{1,4}$/i;
const LATER_ADDRESS = /^v[0-9a-f]+\.[\w.~!$&'()*+,;=:-]+$/i;

const EXPRESSION = /\{([^{}]*)\}/g;
const OPERATOR = /^[+#./;?&=,!@|]/;
const VARIABLE = /^[\w%]+(?::[1-9]\d{0,3}|\*)?$/;
const LITERALS = /^[\w!#$%&()*+,./:;=?@[\]~\u007f-\uffff-]*$/;

// With the flags i and u, S may be a long s.
const WEB_SCHEME = /^(?:https?|ftp):\/\//iu;
const HOST = /(?:^|@)([a-z0-9.\u{a1}-\u{ffff}-]+)(?::\d{2,5})?(?=\/|$)/giu;
const NOT_HOST_LABELS = /^[.-]|[.-]{2}/;
const TOP_LABEL = /\.[a-z\u{a1}-\u{ffff}]{2,}$/iu;
const OUTER_OCTET = '(?:[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5])';
const INNER_OCTET = '(?:1?\\d\\d?|2[0-4]\\d|25[0-5])';
const WEB_IPV4 = new RegExp(`^${OUTER_OCTET}(?:\\.${INNER_OCTET}){2}\\.${OUTER_OCTET}$`);
const NOT_PUBLIC =
  /^(?:10|127|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01])|22[4-9]|2[3-9]\d)\.|\.255$/;

/**
 * Makes the pattern of a URI reference whose path may hold some characters.
 * @param {string} path
 * @returns {RegExp} its group 1 is the host in brackets
 */
function uriPattern(path) {
  const rest = `[${path}]*(?:\\?[?${path}]*)?(?:#[?${path}]*)?`;
  return new RegExp(`^(?:[a-z][a-z0-9+.-]*:)?(?:${AUTHORITY})?${rest}$`, 'i');
}

/**
 * Judges a text by the pattern of a URI.
 * @param {string} value
 * @param {RegExp} pattern
 */
function isUri(value, pattern) {
  const match = pattern.exec(value);
  if (match === null || NOT_ENCODED.test(value)) return false;
  return match[1] === undefined || isAddress(match[1]);
}

/**
 * Judges an address in brackets: IPv6, where octets may begin with zeros, or a later version.
 * @param {string} text
 */
function isAddress(text) {
  if (LATER_ADDRESS.test(text)) return true;
  if (text.length > 45) return false;
  const parts = text.replace(URI_IPV4_AT_END, ':0:0').split('::');
  const groups = parts.flatMap((part) => (part === '' ? [] : part.split(':')));
  const isFull = parts.length === 1 ? groups.length === 8 : parts.length === 2 && groups.length < 8;
  return isFull && groups.every((group) => URI_GROUP.test(group));
}

/**
 * Judges the host of a web address: a public IPv4 address, or a name of two labels or more.
 * @param {string} host
 */
function isWebHost(host) {
  if (WEB_IPV4.test(host)) return !NOT_PUBLIC.test(host);
  return TOP_LABEL.test(host) && !NOT_HOST_LABELS.test(host);
}

/**
 * Judges a URI with its scheme, `https://example.com/a?b#c`.
 * https://www.rfc-editor.org/rfc/rfc3986#section-3
 * @param {string} value
 */
export function uri(value) {
  return SCHEME.test(value) && isUri(value, URI);
}

/**
 * Judges a URI or a reference relative to one, `../a#b`; the empty text is one.
 * https://www.rfc-editor.org/rfc/rfc3986#section-4.1
 * @param {string} value
 */
export function uriReference(value) {
  return isUri(value, REFERENCE);
}

/**
 * Judges a URI template, `/users/{id}{?page,size}`.
 * https://www.rfc-editor.org/rfc/rfc6570#section-2
 * @param {string} value
 */
export function uriTemplate(value) {
  const literals = value.replace(EXPRESSION, (expression, inside) => {
    const variables = inside.replace(OPERATOR, '').split(',');
    return variables.every((/** @type {string} */ name) => VARIABLE.test(name)) ? '' : expression;
  });
  return LITERALS.test(literals) && !NOT_ENCODED.test(value);
}

/**
 * Judges the address of a public web page or file, `https://user@example.com:8080/a`; hosts need a
 * top-level domain, international names may stand unencoded, private IPv4 networks are refused.
 * https://mathiasbynens.be/demo/url-regex
 * @param {string} value
 */
export function url(value) {
  const start = WEB_SCHEME.exec(value)?.[0].length;
  if (start === undefined) return false;
  const rest = value.slice(start);
  const firstSpace = rest.search(/\s/);
  const lastSpace = rest.search(/\s\S*$/);
  // Any @ may be the one that ends the user's part, which is not empty.
  for (const { 0: found, 1: host = '', index } of rest.matchAll(HOST)) {
    // A user holds no white space, nor does a path; a host may.
    if (firstSpace >= 0 && firstSpace < index) return false;
    if (lastSpace >= index + found.length || (index === 0 && found.startsWith('@'))) continue;
    if (isWebHost(host)) return true;
  }
  return false;
}

/**
 * Judges a JSON Pointer written as the fragment of a URI, `#/a/b%20c`.
 * https://www.rfc-editor.org/rfc/rfc6901#section-6
 * @param {string} value
 */
export function jsonPointerUriFragment(value) {
  if (!/^#(?:\/[\w.!$&'()*+,;:=@%~/-]*)?$/.test(value)) return false;
  return !NOT_ENCODED.test(value) && !/~(?![01])/.test(value);
}
