import type { MxRecord } from './domain-setup.ts';

export interface TlsaRecord {
  readonly usage: number;
  readonly selector: number;
  readonly matchingType: number;
  /** Lower-case hex. */
  readonly data: string;
}

/** The kinds of record that are asked for, each with what it holds. */
export interface DnsValues {
  readonly A: string;
  readonly AAAA: string;
  readonly CNAME: string;
  readonly MX: MxRecord;
  readonly NS: string;
  readonly TXT: string;
  readonly TLSA: TlsaRecord;
}

export type DnsType = keyof DnsValues;

/**
 * What one resolver said. `absent`: the name or the record does not exist. `failed`: it answered that it cannot tell
 * (SERVFAIL, REFUSED). `silent`: no answer in time. The last two prove nothing.
 */
export interface ResolverAnswer<T> {
  readonly resolver: string;
  readonly outcome: 'found' | 'absent' | 'failed' | 'silent';
  readonly values: readonly T[];
  /** Seconds: the smallest along the chain of aliases, as long as this answer may be kept; null without records. */
  readonly ttl: number | null;
  /** Names that the question was led to by CNAME records, in their order. */
  readonly aliases: readonly string[];
  /** The resolver is the zone's own server; else the answer may come from a cache, and be older than it looks. */
  readonly authoritative: boolean;
  /** DNSSEC was validated, as the resolver says (AD, RFC 4035 §3.2.3). */
  readonly authenticated: boolean;
  readonly detail: string | null;
}

/** What all resolvers together say. */
export interface DnsReading<T> {
  readonly known: 'found' | 'absent' | 'unknown';
  readonly values: readonly T[];
  readonly ttl: number | null;
  readonly aliases: readonly string[];
  readonly authoritative: boolean;
  readonly authenticated: boolean;
  /** Resolvers that answered do not say the same: a change is on its way, or one of them is wrong. */
  readonly disagree: boolean;
  readonly answers: readonly ResolverAnswer<T>[];
}

/**
 * One reading of several answers. Who does not answer has no say. Where they differ the zone's own server has the last
 * word, then the most, then the order of configuration. The TTL is the longest that was seen: what a cache has left is
 * never more than what the record was given.
 */
export function settleAnswers<T>(answers: readonly ResolverAnswer<T>[]): DnsReading<T> {
  const telling = answers.filter(({ outcome }) => outcome === 'found' || outcome === 'absent');
  const groups = [...Map.groupBy(telling, saying).values()];
  const chosen =
    groups.find((group) => group.some((answer) => answer.authoritative)) ??
    groups.toSorted((a, b) => b.length - a.length)[0] ??
    [];
  const [first] = chosen;
  const ttls = chosen.flatMap((answer) => (answer.ttl === null ? [] : [answer.ttl]));
  return {
    known: first === undefined ? 'unknown' : first.outcome === 'found' ? 'found' : 'absent',
    values: first?.values ?? [],
    ttl: ttls.length === 0 ? null : Math.max(...ttls),
    aliases: first?.aliases ?? [],
    authoritative: chosen.some((answer) => answer.authoritative),
    authenticated: chosen.length > 0 && chosen.every((answer) => answer.authenticated),
    disagree: groups.length > 1,
    answers,
  };
}

function saying<T>({ outcome, values }: ResolverAnswer<T>): string {
  return outcome === 'absent'
    ? 'absent'
    : JSON.stringify(values.map((value) => JSON.stringify(value)).toSorted());
}

/**
 * Every value that any resolver still gives: senders go to all of these, so this is what counts for where mail can go.
 */
export function everyValue<T>(reading: DnsReading<T>): readonly T[] {
  const seen = new Map<string, T>();
  for (const { values } of reading.answers) {
    for (const value of values) seen.set(JSON.stringify(value), value);
  }
  return [...seen.values()];
}

/** Why nothing is known, in a line. */
export function silenceOf<T>({ answers }: DnsReading<T>): string {
  return answers.map(({ resolver, detail }) => `${resolver}: ${detail ?? 'no answer'}`).join('; ');
}
