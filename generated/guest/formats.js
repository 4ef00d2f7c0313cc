// @ts-check
// Judges the string and number formats that JSON Schema and OpenAPI name. Every verdict equals that
// of ajv-formats 3.0.1 in its `full` mode, so a document accepted by Ajv is accepted here. The code
// is scanners instead of regular expressions: each reads its text a fixed number of times, throws
// nothing, and needs nothing but the language (no modules, no Node.js).

const DIGIT = 1;
const HEX = 2;
const ALNUM = 4;
const PATH = 8; // pchar of RFC 3986 and "/"
const USERINFO = 16;
const POINTER = 32; // what a JSON Pointer in a URI fragment may hold unescaped
const SCHEME = 64;
const ATOM = 128; // atext of RFC 5322
const LITERAL = 256; // literals of RFC 6570
const VARIABLE = 512;
const QUERY = 1024;
const QUOTE = 2048;

// One row per ASCII character, one bit per class: a test costs one load however large the class.
const CLASSES = new Uint16Array(128);

/**
 * Puts each character of a list into a class.
 *
 * @param {number} kind
 * @param {string} characters
 */
function mark(kind, characters) {
  for (let i = 0; i < characters.length; i++) {
    const code = characters.charCodeAt(i);
    CLASSES[code] = (CLASSES[code] ?? 0) | kind;
  }
}

mark(DIGIT, '0123456789');
mark(HEX, '0123456789abcdefABCDEF');
const ALPHANUMERIC = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
mark(ALNUM | PATH | USERINFO | POINTER | SCHEME | ATOM | VARIABLE | QUERY, ALPHANUMERIC);
mark(PATH | USERINFO | POINTER | QUERY, "-._!$&'()*+,;=:");
mark(PATH | POINTER | QUERY, '@/');
mark(PATH | USERINFO | QUERY, '~');
mark(QUOTE, '"');
mark(QUERY, '?');
mark(SCHEME, '+-.');
mark(ATOM, "!#$%&'*+/=?^_`{|}~-");
mark(VARIABLE, '_');
for (let code = 0x21; code < 128; code++) {
  const character = String.fromCharCode(code);
  if (!'"\'<>%\\^`{|}'.includes(character)) mark(LITERAL, character);
}

/**
 * Reads the UTF-16 unit at an index.
 *
 * @param {string} value
 * @param {number} at
 * @returns {number} -1 past the end: a NaN would make engines keep all these numbers as doubles
 */
function unit(value, at) {
  return at < value.length ? value.charCodeAt(at) : -1;
}

/**
 * Tells whether a UTF-16 unit is an ASCII character of one of some classes.
 *
 * @param {number} code
 * @param {number} kind
 * @returns {boolean}
 */
function is(code, kind) {
  return code >= 0 && code < 128 && ((CLASSES[code] ?? 0) & kind) !== 0;
}

/**
 * Finds where a run of characters of one class ends.
 *
 * @param {string} value
 * @param {number} from
 * @param {number} kind
 * @returns {number}
 */
function span(value, from, kind) {
  let i = from;
  while (i < value.length && is(value.charCodeAt(i), kind)) i++;
  return i;
}

/**
 * Tells whether `%` and two hexadecimal digits stand at an index.
 *
 * @param {string} value
 * @param {number} at
 * @returns {boolean}
 */
function isEncoded(value, at) {
  return unit(value, at) === 0x25 && is(unit(value, at + 1), HEX) && is(unit(value, at + 2), HEX);
}

/**
 * Finds where a run of characters of one class or percent-encoded octets ends.
 *
 * @param {string} value
 * @param {number} from
 * @param {number} kind
 * @returns {number}
 */
function spanEncoded(value, from, kind) {
  let i = span(value, from, kind);
  while (isEncoded(value, i)) i = span(value, i + 3, kind);
  return i;
}

/**
 * Reads two decimal digits; the caller has made sure that the text is long enough.
 *
 * @param {string} value
 * @param {number} at
 * @returns {number} their value, or a negative number when they are not digits
 */
function pair(value, at) {
  const tens = value.charCodeAt(at) - 48;
  const ones = value.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}

/**
 * Judges the ten characters of a calendar day at the start of a text.
 *
 * @param {string} value at least ten characters
 * @returns {boolean}
 */
function startsWithDate(value) {
  const century = pair(value, 0);
  const year = pair(value, 2);
  const month = pair(value, 5);
  const day = pair(value, 8);
  if (
    century < 0 ||
    year < 0 ||
    month < 1 ||
    month > 12 ||
    day < 1 ||
    value.charCodeAt(4) !== 0x2d ||
    value.charCodeAt(7) !== 0x2d
  ) {
    return false;
  }
  if (day <= 28) return true;
  if (month !== 2)
    return day <= (month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31);
  // A year ending in 00 is a leap year only if the century is one of four.
  return day === 29 && (year === 0 ? century : year) % 4 === 0;
}

// 1 - 2^-48, exactly: from this fraction on, the double nearest to 59.f is 60 and to 60.f is 61.
const CARRY = '999999999999996447286321199499070644378662109375';

/**
 * Tells whether the decimals of a second, read as a double, carry into the next whole second.
 *
 * @param {string} value
 * @param {number} from the first decimal
 * @param {number} to after the last decimal
 * @returns {boolean}
 */
function carries(value, from, to) {
  for (let i = 0; i < CARRY.length; i++) {
    if (from + i >= to) return false;
    const difference = value.charCodeAt(from + i) - CARRY.charCodeAt(i);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/**
 * Judges a time of day that runs from an index to the end of a text.
 *
 * @param {string} value
 * @param {number} from
 * @param {boolean} zoned whether the offset from UTC must be there
 * @returns {boolean}
 */
function endsWithTime(value, from, zoned) {
  const end = value.length;
  if (end < from + 8) return false;
  const hour = pair(value, from);
  const minute = pair(value, from + 3);
  let second = pair(value, from + 6);
  if (
    hour < 0 ||
    minute < 0 ||
    second < 0 ||
    value.charCodeAt(from + 2) !== 0x3a ||
    value.charCodeAt(from + 5) !== 0x3a
  ) {
    return false;
  }
  let i = from + 8;
  if (i < end && value.charCodeAt(i) === 0x2e) {
    const decimals = ++i;
    while (i < end) {
      const code = value.charCodeAt(i);
      if (code < 48 || code > 57) break;
      i++;
    }
    if (i === decimals) return false;
    if (second >= 59 && carries(value, decimals, i)) second++;
  }
  let offsetHour = 0;
  let offsetMinute = 0;
  if (i === end) {
    if (zoned) return false;
  } else {
    const sign = value.charCodeAt(i++);
    if (sign === 0x2b || sign === 0x2d) {
      const rest = end - i;
      if (rest !== 2 && rest !== 4 && !(rest === 5 && value.charCodeAt(i + 2) === 0x3a))
        return false;
      offsetHour = pair(value, i);
      offsetMinute = rest === 2 ? 0 : pair(value, end - 2);
      if (offsetHour < 0 || offsetHour > 23 || offsetMinute < 0 || offsetMinute > 59) return false;
      if (sign === 0x2d) {
        offsetHour = -offsetHour;
        offsetMinute = -offsetMinute;
      }
    } else if (i !== end || (sign !== 0x5a && sign !== 0x7a)) {
      return false;
    }
  }
  if (hour <= 23 && minute <= 59 && second < 60) return true;
  // A leap second is the one after 23:59:59 UTC. Hours and minutes past their ends are let through
  // here, too, as ajv-formats does, when the offset brings them to 23:59.
  const utcMinute = minute - offsetMinute;
  const utcHour = hour - offsetHour - (utcMinute < 0 ? 1 : 0);
  return (
    (utcHour === 23 || utcHour === -1) && (utcMinute === 59 || utcMinute === -1) && second < 61
  );
}

/**
 * Tells whether a character is white space, as `\s` means it.
 *
 * @param {number} code
 * @returns {boolean}
 */
function isSpace(code) {
  if (code < 0x80) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  if (code < 0x2000) return code === 0xa0 || code === 0x1680;
  return (
    code <= 0x200a ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000 ||
    code === 0xfeff
  );
}

/**
 * Tells whether the text has a date, then `t`, `T` or one white space; time must be next.
 *
 * @param {string} value
 * @returns {boolean}
 */
function startsWithDateAndSeparator(value) {
  if (value.length < 19) return false;
  const separator = unit(value, 10);
  return (separator === 0x54 || separator === 0x74 || isSpace(separator)) && startsWithDate(value);
}

/**
 * Judges a calendar day, `2021-02-22`; a 29 February needs a leap year.
 * https://www.rfc-editor.org/rfc/rfc3339#section-5.6
 *
 * @param {string} value
 * @returns {boolean}
 */
function date(value) {
  return value.length === 10 && startsWithDate(value);
}

/**
 * Judges a time of day with an offset, `22:30:00.5Z`; the colon of the offset and its minutes may
 * be absent. https://www.rfc-editor.org/rfc/rfc3339#section-5.6
 *
 * @param {string} value
 * @returns {boolean}
 */
function time(value) {
  return endsWithTime(value, 0, true);
}

/**
 * Judges an instant, `2021-02-22T22:30:00.000Z`; one white space may stand for the T.
 * https://www.rfc-editor.org/rfc/rfc3339#section-5.6
 *
 * @param {string} value
 * @returns {boolean}
 */
function dateTime(value) {
  return startsWithDateAndSeparator(value) && endsWithTime(value, 11, true);
}

/**
 * Judges a time of day whose offset may be absent, `22:30:00`.
 * https://www.rfc-editor.org/rfc/rfc3339#appendix-A
 *
 * @param {string} value
 * @returns {boolean}
 */
function isoTime(value) {
  return endsWithTime(value, 0, false);
}

/**
 * Judges a date and time whose offset may be absent, `2021-02-22T22:30:00`.
 * https://www.rfc-editor.org/rfc/rfc3339#appendix-A
 *
 * @param {string} value
 * @returns {boolean}
 */
function isoDateTime(value) {
  return startsWithDateAndSeparator(value) && endsWithTime(value, 11, false);
}

/**
 * Judges a duration, `P1Y2M3DT4H5M6S` or `P2W`; units may be left out, their order may not change.
 * https://www.rfc-editor.org/rfc/rfc3339#appendix-A
 *
 * @param {string} value
 * @returns {boolean}
 */
function duration(value) {
  const end = value.length;
  if (end < 2 || unit(value, 0) !== 0x50) return false;
  let units = 'YMDW';
  let rank = 0;
  let i = 1;
  while (i < end) {
    if (unit(value, i) === 0x54 && units !== 'HMS' && rank <= 3) {
      units = 'HMS';
      rank = 0;
      i++;
    }
    const letter = span(value, i, DIGIT);
    if (letter === i || letter === end) return false;
    const found = units.indexOf(value.charAt(letter), rank);
    // Weeks stand alone.
    if (found < 0 || (found === 3 && i !== 1)) return false;
    rank = found + 1;
    i = letter + 1;
  }
  return true;
}

/**
 * Finds where the scheme of a URI ends.
 *
 * @param {string} value
 * @returns {number} the index after the colon, or 0 when the text does not begin with a scheme
 */
function afterScheme(value) {
  const first = unit(value, 0);
  if (!is(first, ALNUM) || is(first, DIGIT)) return 0;
  const end = span(value, 1, SCHEME);
  return unit(value, end) === 0x3a ? end + 1 : 0;
}

/**
 * Judges what follows the path of a URI: a query, a fragment, both or nothing.
 *
 * @param {string} value
 * @param {number} from
 * @param {number} extra a class of characters allowed beyond those of the RFC
 * @returns {boolean}
 */
function endsWithQueryAndFragment(value, from, extra) {
  let i = from;
  if (unit(value, i) === 0x3f) i = spanEncoded(value, i + 1, QUERY | extra);
  if (unit(value, i) === 0x23) i = spanEncoded(value, i + 1, QUERY | extra);
  return i === value.length;
}

/**
 * Judges what follows the scheme of a URI.
 *
 * A host that is a name, a user and a port use no character that a path may not hold, and a path
 * may begin with one slash or more; so only an IP address in brackets needs a closer look.
 *
 * @param {string} value
 * @param {number} from
 * @param {number} extra a class of characters allowed beyond those of the RFC
 * @returns {boolean}
 */
function endsWithHierarchy(value, from, extra) {
  const stop = spanEncoded(value, from, PATH | extra);
  if (unit(value, stop) !== 0x5b) return endsWithQueryAndFragment(value, stop, extra);
  if (unit(value, from) !== 0x2f) return false;
  const user = unit(value, from + 1) === 0x2f ? from + 2 : from + 1;
  if (user !== stop) {
    if (unit(value, stop - 1) !== 0x40) return false;
    if (spanEncoded(value, user, USERINFO) !== stop - 1) return false;
  }
  const close = value.indexOf(']', stop);
  if (close < 0 || !isAddressLiteral(value, stop + 1, close)) return false;
  let i = close + 1;
  if (unit(value, i) === 0x3a) i = span(value, i + 1, DIGIT);
  if (unit(value, i) === 0x2f) i = spanEncoded(value, i, PATH | extra);
  return endsWithQueryAndFragment(value, i, extra);
}

/**
 * Judges what stands between the brackets of a URI's host: IPv6 or a later version, `v1.x`.
 *
 * @param {string} value
 * @param {number} from
 * @param {number} to
 * @returns {boolean}
 */
function isAddressLiteral(value, from, to) {
  const first = unit(value, from);
  if (first !== 0x76 && first !== 0x56) return isIpv6(value, from, to, true);
  const dot = span(value, from + 1, HEX);
  if (dot === from + 1 || unit(value, dot) !== 0x2e || dot + 1 === to) return false;
  return span(value, dot + 1, USERINFO) === to;
}

/**
 * Judges a URI with its scheme, `https://example.com/a?b#c`; after the scheme's colon, anything but
 * nothing. https://www.rfc-editor.org/rfc/rfc3986#section-3
 *
 * @param {string} value
 * @returns {boolean}
 */
function uri(value) {
  const from = afterScheme(value);
  if (from === 0 || from === value.length) return false;
  const next = unit(value, from);
  return next !== 0x3f && next !== 0x23 && endsWithHierarchy(value, from, 0);
}

/**
 * Judges a URI or a reference relative to one, `../a#b`; the empty text is one and, unlike in `uri`,
 * quotation marks may stand in it, as in ajv-formats.
 * https://www.rfc-editor.org/rfc/rfc3986#section-4.1
 *
 * @param {string} value
 * @returns {boolean}
 */
function uriReference(value) {
  return endsWithHierarchy(value, afterScheme(value), QUOTE);
}

/**
 * Finds where one variable of a URI template ends, its prefix length or star included.
 *
 * @param {string} value
 * @param {number} from
 * @returns {number} the index after it, or -1 when it is malformed
 */
function afterVariable(value, from) {
  let i = spanEncoded(value, from, VARIABLE);
  if (i === from) return -1;
  if (unit(value, i) === 0x2a) return i + 1;
  if (unit(value, i) !== 0x3a) return i;
  const length = ++i;
  i = span(value, length, DIGIT);
  return i === length || i > length + 4 || unit(value, length) === 0x30 ? -1 : i;
}

/**
 * Judges a URI template, `/users/{id}{?page,size}`.
 * https://www.rfc-editor.org/rfc/rfc6570#section-2
 *
 * @param {string} value
 * @returns {boolean}
 */
function uriTemplate(value) {
  const end = value.length;
  let i = 0;
  while (i < end) {
    const code = unit(value, i);
    if (code >= 128 || is(code, LITERAL)) {
      i++;
    } else if (code !== 0x7b) {
      if (!isEncoded(value, i)) return false;
      i += 3;
    } else {
      i++;
      if ('+#./;?&=,!@|'.includes(value.charAt(i))) i++;
      i = afterVariable(value, i);
      while (i > 0 && unit(value, i) === 0x2c) i = afterVariable(value, i + 1);
      if (i < 0 || unit(value, i) !== 0x7d) return false;
      i++;
    }
  }
  return true;
}

/**
 * Tells whether the character at an index may stand in a label of a web address: a letter or digit
 * of ASCII or anything from U+00A1 to U+FFFF, so no half of a surrogate pair.
 *
 * @param {string} value
 * @param {number} at
 * @returns {boolean}
 */
function isLabelCharacter(value, at) {
  if (at >= value.length) return false;
  const code = unit(value, at);
  if (code < 0xa1) return is(code, ALNUM);
  // Halves are met from the left, so the second half of a pair is never asked for.
  if (code < 0xd800 || code > 0xdbff) return true;
  const next = unit(value, at + 1);
  return !(next >= 0xdc00 && next <= 0xdfff);
}

/**
 * Judges the host of a web address that is a name: labels of letters, digits and single inner
 * hyphens, the last of two letters or more.
 *
 * @param {string} value
 * @param {number} from
 * @param {number} to
 * @returns {boolean}
 */
function isDomain(value, from, to) {
  let label = from;
  let plain = true;
  for (let i = from; i < to; i++) {
    const code = unit(value, i);
    if (code === 0x2e || code === 0x2d) {
      const before = unit(value, i - 1);
      if (i === from || before === 0x2e || before === 0x2d) return false;
    }
    if (code === 0x2e) {
      label = i + 1;
      plain = true;
    } else if (code === 0x2d || is(code, DIGIT)) {
      plain = false;
    }
  }
  return label > from && plain && to - label >= 2;
}

/**
 * Judges the host of a web address that is an IPv4 address: no private network, no loopback, no
 * multicast, no address of a network or its broadcast.
 *
 * @param {string} value
 * @param {number} from
 * @param {number} to
 * @returns {boolean}
 */
function isPublicIpv4(value, from, to) {
  if (to - from > 15 || !isIpv4(value, from, to, true)) return false;
  const dot2 = value.indexOf('.', from) + 1;
  const dot3 = value.indexOf('.', dot2) + 1;
  const dot4 = value.indexOf('.', dot3) + 1;
  // Two digits may begin with a zero in the middle octets, three may not; the outer octets never.
  if (unit(value, from) === 0x30 || unit(value, dot4) === 0x30) return false;
  if (unit(value, dot2) === 0x30 && dot3 - dot2 > 3) return false;
  if (unit(value, dot3) === 0x30 && dot4 - dot3 > 3) return false;
  const first = number(value, from, dot2 - 1);
  const second = number(value, dot2, dot3 - 1);
  if (first > 223 || number(value, dot4, to) > 254) return false;
  if (first === 10 || first === 127) return false;
  if (first === 169) return second !== 254;
  if (first === 192) return second !== 168;
  return !(first === 172 && second >= 16 && second <= 31);
}

/**
 * Reads up to three decimal digits.
 *
 * @param {string} value
 * @param {number} from
 * @param {number} to
 * @returns {number}
 */
function number(value, from, to) {
  let result = 0;
  for (let i = from; i < to; i++) result = result * 10 + value.charCodeAt(i) - 48;
  return result;
}

/**
 * Tells whether a text begins with some letters, in either case.
 *
 * @param {string} value
 * @param {string} letters in lower case
 * @returns {boolean}
 */
function beginsWith(value, letters) {
  for (let i = 0; i < letters.length; i++) {
    if ((unit(value, i) | 0x20) !== letters.charCodeAt(i)) return false;
  }
  return true;
}

/**
 * Finds where the host of a web address begins, or the user before it.
 *
 * @param {string} value
 * @returns {number} the index after `http://`, `https://` or `ftp://`, or 0 when there is none
 */
function afterWebScheme(value) {
  let i = 3;
  if (beginsWith(value, 'http')) {
    const next = unit(value, 4);
    // The long s equals s where case is ignored by the rules of Unicode.
    i = next === 0x53 || next === 0x73 || next === 0x17f ? 5 : 4;
  } else if (!beginsWith(value, 'ftp')) {
    return 0;
  }
  const found =
    unit(value, i) === 0x3a && unit(value, i + 1) === 0x2f && unit(value, i + 2) === 0x2f;
  return found ? i + 3 : 0;
}

/**
 * Judges the address of a public web page or file, `https://user@example.com:8080/a`; hosts need a
 * top-level domain, international names may stand unencoded, private IPv4 networks are refused.
 * https://mathiasbynens.be/demo/url-regex
 *
 * @param {string} value
 * @returns {boolean}
 */
function url(value) {
  const start = afterWebScheme(value);
  if (start === 0) return false;
  const end = value.length;
  let space = start;
  while (space < end && !isSpace(unit(value, space))) space++;
  // No path may begin before the last white space, or before the text when there is none.
  let lastSpace = space < end ? end - 1 : -1;
  while (lastSpace >= 0 && !isSpace(unit(value, lastSpace))) lastSpace--;
  // Each @ may be the one that ends the user's part. A host holds no @, so the trials do not
  // overlap and together read the text once.
  let host = start;
  while (true) {
    let i = host;
    while (unit(value, i) === 0x2e || unit(value, i) === 0x2d || isLabelCharacter(value, i)) i++;
    const hostEnd = i;
    if (unit(value, i) === 0x3a) {
      const port = i + 1;
      i = span(value, port, DIGIT);
      // A port of a wrong length is no port: leave the colon where nothing can follow it.
      if (i < port + 2 || i > port + 5) i = hostEnd;
    }
    if (
      (i === end || (unit(value, i) === 0x2f && lastSpace < i)) &&
      (isDomain(value, host, hostEnd) || isPublicIpv4(value, host, hostEnd))
    ) {
      return true;
    }
    const at = value.indexOf('@', host === start ? start + 1 : host);
    if (at < 0 || at > space) return false;
    host = at + 1;
  }
}

/**
 * Counts the labels of a host name: letters, digits and inner hyphens between dots.
 *
 * @param {string} value
 * @param {number} from
 * @param {number} to
 * @param {number} longest how many characters a label may have
 * @returns {number} 0 when any label is malformed
 */
function countLabels(value, from, to, longest) {
  let count = 0;
  let label = from;
  for (let i = from; i <= to; i++) {
    const code = i === to ? 0x2e : unit(value, i);
    if (code === 0x2e) {
      if (i === label || i - label > longest || unit(value, i - 1) === 0x2d) return 0;
      label = i + 1;
      count++;
    } else if (!is(code, ALNUM) && (code !== 0x2d || i === label)) {
      return 0;
    }
  }
  return count;
}

/**
 * Judges an e-mail address, `a.b@example.com`; no quoted names, at least two labels after the @.
 * https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2
 *
 * @param {string} value
 * @returns {boolean}
 */
function email(value) {
  let i = 0;
  while (true) {
    const atom = i;
    i = span(value, atom, ATOM);
    if (i === atom) return false;
    const code = unit(value, i++);
    if (code === 0x40) return countLabels(value, i, value.length, Number.POSITIVE_INFINITY) >= 2;
    if (code !== 0x2e) return false;
  }
}

/**
 * Judges the name of a host, `example.com`, with or without a final dot; at most 253 characters,
 * 63 per label. https://www.rfc-editor.org/rfc/rfc1123#section-2.1
 *
 * @param {string} value
 * @returns {boolean}
 */
function hostname(value) {
  const end = value.length;
  const to = end > 0 && unit(value, end - 1) === 0x2e ? end - 1 : end;
  return to <= 253 && countLabels(value, 0, to, 63) > 0;
}

/**
 * Judges four decimal octets.
 *
 * @param {string} value
 * @param {number} from
 * @param {number} to
 * @param {boolean} padded whether an octet may begin with zeros
 * @returns {boolean}
 */
function isIpv4(value, from, to, padded) {
  let octet = from;
  for (let count = 1; count <= 4; count++) {
    let i = octet;
    while (i < to && i < octet + 3 && is(unit(value, i), DIGIT)) i++;
    if (i === octet || number(value, octet, i) > 255) return false;
    if (!padded && i > octet + 1 && unit(value, octet) === 0x30) return false;
    if (count === 4) return i === to;
    if (i >= to || unit(value, i) !== 0x2e) return false;
    octet = i + 1;
  }
  return false;
}

/**
 * Judges eight groups of hexadecimal digits, of which `::` replaces one or more and an IPv4 address
 * the last two.
 *
 * @param {string} value
 * @param {number} from
 * @param {number} to
 * @param {boolean} padded whether an octet of the IPv4 address may begin with zeros
 * @returns {boolean}
 */
function isIpv6(value, from, to, padded) {
  let groups = 0;
  let i = from;
  let gap = to - from >= 2 && unit(value, i) === 0x3a && unit(value, i + 1) === 0x3a;
  if (gap) i += 2;
  while (i < to) {
    const group = i;
    while (i < to && i <= group + 4 && is(unit(value, i), HEX)) i++;
    if (i < to && unit(value, i) === 0x2e) {
      if (!isIpv4(value, group, to, padded)) return false;
      groups += 2;
      break;
    }
    if (i === group || i > group + 4 || ++groups > 8) return false;
    if (i === to) break;
    if (unit(value, i++) !== 0x3a || i === to) return false;
    if (unit(value, i) === 0x3a) {
      if (gap) return false;
      gap = true;
      i++;
    }
  }
  return gap ? groups <= 7 : groups === 8;
}

/**
 * Judges an IPv4 address, `192.0.2.1`; no leading zeros.
 * https://www.rfc-editor.org/rfc/rfc2673#section-3.2
 *
 * @param {string} value
 * @returns {boolean}
 */
function ipv4(value) {
  return isIpv4(value, 0, value.length, false);
}

/**
 * Judges an IPv6 address, `2001:db8::1`; no zone.
 * https://www.rfc-editor.org/rfc/rfc4291#section-2.2
 *
 * @param {string} value
 * @returns {boolean}
 */
function ipv6(value) {
  return isIpv6(value, 0, value.length, false);
}

/**
 * Judges a regular expression that the running engine compiles without flags; the foreign anchor
 * `\Z`, which it would read as the letter Z, is refused unless it comes first.
 * https://262.ecma-international.org/16.0/#sec-patterns
 *
 * @param {string} value
 * @returns {boolean}
 */
function regex(value) {
  let at = value.indexOf('\\Z', 1);
  while (at > 0) {
    if (unit(value, at - 1) !== 0x5c) return false;
    at = value.indexOf('\\Z', at + 1);
  }
  try {
    new RegExp(value);
    return true;
  } catch {
    return false;
  }
}

/**
 * Judges a UUID, `123e4567-e89b-12d3-a456-426614174000`, of any version, in either case, with or
 * without `urn:uuid:` before it. https://www.rfc-editor.org/rfc/rfc9562#section-4
 *
 * @param {string} value
 * @returns {boolean}
 */
function uuid(value) {
  const end = value.length;
  const from = end - 36;
  if (from !== 0 && (from !== 9 || value.slice(0, 9).toLowerCase() !== 'urn:uuid:')) return false;
  for (let i = 0; i < 36; i++) {
    const code = value.charCodeAt(from + i);
    if (i === 8 || i === 13 || i === 18 || i === 23 ? code !== 0x2d : !is(code, HEX)) return false;
  }
  return true;
}

/**
 * Judges a JSON Pointer that runs from an index to the end of a text.
 *
 * @param {string} value
 * @param {number} from
 * @returns {boolean}
 */
function endsWithPointer(value, from) {
  if (from === value.length) return true;
  if (unit(value, from) !== 0x2f) return false;
  let tilde = value.indexOf('~', from);
  while (tilde >= 0) {
    const next = unit(value, tilde + 1);
    if (next !== 0x30 && next !== 0x31) return false;
    tilde = value.indexOf('~', tilde + 2);
  }
  return true;
}

/**
 * Judges a JSON Pointer, `/a/0/b~1c`; the empty text is one.
 * https://www.rfc-editor.org/rfc/rfc6901#section-3
 *
 * @param {string} value
 * @returns {boolean}
 */
function jsonPointer(value) {
  return endsWithPointer(value, 0);
}

/**
 * Judges a JSON Pointer written as the fragment of a URI, `#/a/b%20c`.
 * https://www.rfc-editor.org/rfc/rfc6901#section-6
 *
 * @param {string} value
 * @returns {boolean}
 */
function jsonPointerUriFragment(value) {
  const end = value.length;
  if (unit(value, 0) !== 0x23) return false;
  if (end === 1) return true;
  if (unit(value, 1) !== 0x2f) return false;
  let i = spanEncoded(value, 1, POINTER);
  while (i < end) {
    const next = unit(value, i + 1);
    if (unit(value, i) !== 0x7e || (next !== 0x30 && next !== 0x31)) return false;
    i = spanEncoded(value, i + 2, POINTER);
  }
  return true;
}

/**
 * Judges a JSON Pointer relative to a value, `1/a` or `0#`.
 * https://datatracker.ietf.org/doc/html/draft-bhutton-relative-json-pointer-00#section-3
 *
 * @param {string} value
 * @returns {boolean}
 */
function relativeJsonPointer(value) {
  const i = unit(value, 0) === 0x30 ? 1 : span(value, 0, DIGIT);
  if (i === 0) return false;
  if (unit(value, i) === 0x23) return i + 1 === value.length;
  return endsWithPointer(value, i);
}

/**
 * Tells whether a character ends a line of ECMAScript source, as `$` with the flag m means it.
 *
 * @param {number} code
 * @returns {boolean}
 */
function isLineEnd(code) {
  return code === 0x0a || code === 0x0d || code === 0x2028 || code === 0x2029;
}

/**
 * Judges Base64 text with its padding; as in ajv-formats, one line of a text that does is enough,
 * and an empty line does. https://spec.openapis.org/oas/v3.0.3.html#data-types
 *
 * @param {string} value
 * @returns {boolean}
 */
function byte(value) {
  const end = value.length;
  let line = 0;
  while (line <= end) {
    let i = line;
    while (i < end) {
      const code = unit(value, i);
      if (!is(code, ALNUM) && code !== 0x2b && code !== 0x2f) break;
      i++;
    }
    const pad = i;
    while (i < end && i < pad + 2 && unit(value, i) === 0x3d) i++;
    if ((i - line) % 4 === 0 && (i === end || isLineEnd(unit(value, i)))) return true;
    while (i < end && !isLineEnd(unit(value, i))) i++;
    line = i + 1;
  }
  return false;
}

/**
 * Judges a whole number from -2147483648 to 2147483647.
 * https://spec.openapis.org/oas/v3.0.3.html#data-types
 *
 * @param {number} value
 * @returns {boolean}
 */
function int32(value) {
  return Number.isInteger(value) && value >= -2147483648 && value <= 2147483647;
}

/**
 * Judges a whole number; what JSON writes beyond 64 bits is a double by then and can't be told.
 * https://spec.openapis.org/oas/v3.0.3.html#data-types
 *
 * @param {number} value
 * @returns {boolean}
 */
function int64(value) {
  return Number.isInteger(value);
}

/**
 * Accepts every number, as the width of a number is no property of its value in JSON.
 * https://spec.openapis.org/oas/v3.0.3.html#data-types
 *
 * @param {number} _value
 * @returns {boolean}
 */
function float(_value) {
  return true;
}

/**
 * Accepts every number. https://spec.openapis.org/oas/v3.0.3.html#data-types
 *
 * @param {number} _value
 * @returns {boolean}
 */
function double(_value) {
  return true;
}

/**
 * Accepts every text: the format only asks a form to hide what is typed.
 * https://spec.openapis.org/oas/v3.0.3.html#data-types
 *
 * @param {string} _value
 * @returns {boolean}
 */
function password(_value) {
  return true;
}

/**
 * Accepts every text: the format only says that it stands for octets.
 * https://spec.openapis.org/oas/v3.0.3.html#data-types
 *
 * @param {string} _value
 * @returns {boolean}
 */
function binary(_value) {
  return true;
}

const table = {
  date,
  time,
  'date-time': dateTime,
  'iso-time': isoTime,
  'iso-date-time': isoDateTime,
  duration,
  uri,
  'uri-reference': uriReference,
  'uri-template': uriTemplate,
  url,
  email,
  hostname,
  ipv4,
  ipv6,
  regex,
  uuid,
  'json-pointer': jsonPointer,
  'json-pointer-uri-fragment': jsonPointerUriFragment,
  'relative-json-pointer': relativeJsonPointer,
  byte,
  int32,
  int64,
  float,
  double,
  password,
  binary,
};
// A format named "constructor" or "toString" must not be found.
Object.setPrototypeOf(table, null);

/**
 * Maps the name of each format to the function that judges a value by it.
 *
 * Without a prototype and frozen. The functions of `numericFormats` take a number, all others a
 * string; none throws, none takes more than time proportional to the length of its text (`regex`
 * aside, which asks the engine to compile it). Values of another type are the caller's to let pass.
 * https://json-schema.org/draft/2020-12/json-schema-validation#section-7
 */
export const formats = Object.freeze(table);

/**
 * Lists the formats that judge numbers; they say nothing about values of other types.
 * https://spec.openapis.org/oas/v3.0.3.html#data-types
 */
export const numericFormats = Object.freeze(
  /** @type {const} */ (['int32', 'int64', 'float', 'double']),
);
