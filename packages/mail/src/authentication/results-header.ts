import { domainToASCII } from 'node:url';

/** Characters; RFC 5322 §2.1.1 forbids lines of more than 998 bytes. */
const LONGEST_VALUE = 255;
/** RFC 2045 §5.1 token: what a value may be without quotes. */
const TOKEN = /^[\w!#$%&'*+.^`{|}~-]+$/;

/**
 * The value of `Authentication-Results` (RFC 8601 §2.2), a line for each method. What came from the message or from DNS
 * stands in it as `property` made it, so that no value can begin a line or a field of its own.
 */
export function resultsHeader(authservId: string, methods: readonly string[]): string {
  return [authservId, ...methods].join(';\r\n\t');
}

/** ` ptype.name=value`, or nothing when there is no value. */
export function property(name: string, value: string): string {
  if (value === '') return '';
  if (value.length <= LONGEST_VALUE && TOKEN.test(value)) return ` ${name}=${value}`;
  const clean = printable(value).replace(/["\\]/g, '\\$&');
  return clean === '' ? '' : ` ${name}="${clean}"`;
}

/** ` (comment)`, or nothing. */
export function comment(text: string): string {
  const clean = printable(text).replace(/[()\\]/g, '\\$&');
  return clean === '' ? '' : ` (${clean})`;
}

/** The A-label form (RFC 8616 §4) of a domain; as it stands when it is none. */
export function asciiDomain(domain: string): string {
  // oxlint-disable-next-line no-control-regex
  return /^[\x00-\x7f]*$/.test(domain) ? domain : domainToASCII(domain) || domain;
}

function printable(value: string): string {
  // oxlint-disable-next-line no-control-regex
  return value
    .slice(0, LONGEST_VALUE)
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim();
}
