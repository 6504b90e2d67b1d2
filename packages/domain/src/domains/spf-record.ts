import { parseIp } from '../lists/ip-range.ts';

export type SpfMechanism = 'all' | 'include' | 'a' | 'mx' | 'ptr' | 'ip4' | 'ip6' | 'exists';

export interface SpfTerm {
  readonly text: string;
  readonly kind: SpfMechanism | 'redirect' | 'modifier';
  readonly qualifier: '+' | '-' | '~' | '?';
  /** Domain or address without prefix length; null: the domain itself. */
  readonly value: string | null;
}

export interface SpfRecord {
  readonly terms: readonly SpfTerm[];
  /** Terms that make the whole record invalid (RFC 7208 §4.6). */
  readonly errors: readonly string[];
}

/** Records `v=spf1 …` taken apart (RFC 7208 §4.6.1, §12). */
export function parseSpf(record: string): SpfRecord {
  const words = record.trim().split(/ +/).slice(1);
  const read = words.map((text) => ({ text, term: readTerm(text) }));
  const terms = read.flatMap(({ term }) => (term === null ? [] : [term]));
  // RFC 7208 §6: each of these at most once.
  const twice = ['redirect', 'exp'].filter(
    (name) => words.filter((word) => word.toLowerCase().startsWith(`${name}=`)).length > 1,
  );
  const errors = read.flatMap(({ text, term }) => (term === null ? [text] : []));
  return { terms, errors: [...errors, ...twice.map((name) => `${name}= twice`)] };
}

/** Each of these costs a question to DNS (RFC 7208 §4.6.4). */
export function asksDns({ kind }: SpfTerm): boolean {
  switch (kind) {
    case 'include':
    case 'a':
    case 'mx':
    case 'ptr':
    case 'exists':
    case 'redirect':
      return true;
    case 'all':
    case 'ip4':
    case 'ip6':
    case 'modifier':
      return false;
  }
}

function readTerm(text: string): SpfTerm | null {
  const modifier = /^(?<name>[a-z][\w.-]*)=(?<value>.*)$/i.exec(text)?.groups;
  if (modifier !== undefined) return readModifier(text, modifier);
  const parts =
    /^(?<qualifier>[-+~?]?)(?<name>[a-z\d]+)(?::(?<value>[^/]+|[\da-f:.]+))?(?<prefix>(?:\/\d+)?(?:\/\/\d+)?)$/i.exec(
      text,
    )?.groups;
  if (parts === undefined) return null;
  const { qualifier = '', name = '', prefix = '' } = parts;
  const value = parts['value'] ?? null;
  const kind = MECHANISMS.find((candidate) => candidate === name.toLowerCase());
  if (kind === undefined || !isWellFormed(kind, value, prefix)) return null;
  return { text, kind, qualifier: readQualifier(qualifier), value };
}

const MECHANISMS = ['all', 'include', 'a', 'mx', 'ptr', 'ip4', 'ip6', 'exists'] as const;

function readModifier(
  text: string,
  { name = '', value = '' }: Readonly<Record<string, string | undefined>>,
): SpfTerm | null {
  const isRedirect = name.toLowerCase() === 'redirect';
  if (isRedirect && !isDomainSpec(value)) return null;
  return { text, kind: isRedirect ? 'redirect' : 'modifier', qualifier: '+', value };
}

function readQualifier(text: string): SpfTerm['qualifier'] {
  return text === '-' || text === '~' || text === '?' ? text : '+';
}

function isWellFormed(kind: SpfMechanism, value: string | null, prefix: string): boolean {
  switch (kind) {
    case 'all':
      return value === null && prefix === '';
    case 'include':
    case 'exists':
      return value !== null && isDomainSpec(value) && prefix === '';
    case 'ptr':
      return (value === null || isDomainSpec(value)) && prefix === '';
    case 'a':
    case 'mx':
      return (value === null || isDomainSpec(value)) && arePrefixes(prefix);
    case 'ip4':
      return value !== null && !value.includes(':') && isNetwork(value, prefix, 32);
    case 'ip6':
      return value !== null && value.includes(':') && isNetwork(value, prefix, 128);
  }
}

function isNetwork(value: string, prefix: string, bits: number): boolean {
  return parseIp(value) !== null && (prefix === '' || isLength(prefix.slice(1), bits));
}

/** `/24`, `//64` or both. */
function arePrefixes(prefix: string): boolean {
  const [, v4, , v6] = /^(?:\/(\d+))?(\/\/(\d+))?$/.exec(prefix) ?? [];
  return (v4 === undefined || isLength(v4, 32)) && (v6 === undefined || isLength(v6, 128));
}

function isLength(text: string, bits: number): boolean {
  return /^(?:0|[1-9]\d{0,2})$/.test(text) && Number(text) <= bits;
}

/** A name with a dot, or one that is made of macros (RFC 7208 §7.1). */
function isDomainSpec(text: string): boolean {
  if (text.includes('%'))
    return /^(?:[^%\s]|%%|%_|%-|%\{[slodiphcrtv]\d*r?[-.+,/_=]*\})+$/i.test(text);
  return /^(?=.{1,253}$)(?:[\w-]{1,63}\.)+[\w-]{1,63}\.?$/.test(text);
}
