import { asksDns, isSpfRecord, parseSpf, type SpfTerm, type SpfWalk } from '@holdfast/domain';
import type { LiveDns } from '../ports/live-dns.ts';

/** Counting goes on past what is allowed, to tell how far beyond it a record is; then it stops. */
const MOST_LOOKUPS = 40;
/** Hosts of one `mx` term: more make the record invalid (RFC 7208 §4.6.4). */
const MOST_MX = 10;

interface Walking {
  readonly dns: LiveDns;
  lookups: number;
  readonly voids: string[];
  readonly errors: string[];
  readonly broken: string[];
  readonly silent: string[];
  circle: string | null;
  ptr: boolean;
}

/** Follows the record of the domain and everything that it includes. */
export async function walkSpf(dns: LiveDns, domain: string): Promise<SpfWalk> {
  const walking: Walking = {
    dns,
    lookups: 0,
    voids: [],
    errors: [],
    broken: [],
    silent: [],
    circle: null,
    ptr: false,
  };
  const reading = await dns.ask(domain, 'TXT');
  const records = reading.values.filter(isSpfRecord);
  const [only] = records;
  const terms = only === undefined ? [] : readTerms(walking, only, null);
  if (records.length === 1) await followTerms(walking, terms, domain, [domain]);
  const { lookups, voids, errors, broken, silent, circle, ptr } = walking;
  return {
    known: reading.known,
    records,
    disagree: reading.disagree,
    ttl: reading.ttl,
    lookups,
    voids,
    errors,
    broken,
    silent,
    circle,
    ptr,
    plusAll: terms.some(({ kind, qualifier }) => kind === 'all' && qualifier === '+'),
    ends: terms.some(({ kind }) => kind === 'all' || kind === 'redirect'),
  };
}

function readTerms(walking: Walking, record: string, of: string | null): readonly SpfTerm[] {
  const { terms, errors } = parseSpf(record);
  walking.errors.push(...errors.map((term) => (of === null ? term : `${term} (${of})`)));
  return terms;
}

/** One after the other: how many there are is what is counted, and a hostile record must not make a storm. */
async function followTerms(
  walking: Walking,
  terms: readonly SpfTerm[],
  domain: string,
  path: readonly string[],
): Promise<void> {
  const end = terms.findIndex(({ kind }) => kind === 'all');
  const redirects = end === -1 ? terms.filter(({ kind }) => kind === 'redirect') : [];
  const before = terms.slice(0, end === -1 ? terms.length : end);
  // What stands behind `all` is never reached, and `redirect` counts only without it (RFC 7208 §5.1, §6.1).
  for (const term of [...before.filter(({ kind }) => kind !== 'redirect'), ...redirects]) {
    if (!asksDns(term)) continue;
    walking.lookups += 1;
    if (walking.lookups > MOST_LOOKUPS) return;
    await followTerm(walking, term, domain, path);
  }
}

async function followTerm(
  walking: Walking,
  { kind, value }: SpfTerm,
  domain: string,
  path: readonly string[],
): Promise<void> {
  const target = (value ?? domain).toLowerCase().replace(/\.$/, '');
  // Where it leads depends on the message: counted, not followed.
  if (target.includes('%')) return;
  switch (kind) {
    case 'include':
    case 'redirect':
      return followRecord(walking, target, path);
    case 'a':
    case 'exists':
      return expectAddress(walking, target);
    case 'mx':
      return expectMx(walking, target);
    case 'ptr':
      walking.ptr = true;
      return;
    case 'all':
    case 'ip4':
    case 'ip6':
    case 'modifier':
      return;
  }
}

async function followRecord(
  walking: Walking,
  name: string,
  path: readonly string[],
): Promise<void> {
  if (path.includes(name)) {
    walking.circle ??= name;
    return;
  }
  const reading = await walking.dns.ask(name, 'TXT');
  if (reading.known === 'unknown') {
    walking.silent.push(name);
    return;
  }
  if (reading.known === 'absent') walking.voids.push(name);
  const records = reading.values.filter(isSpfRecord);
  const [only] = records;
  if (only === undefined || records.length > 1) {
    walking.broken.push(name);
    return;
  }
  await followTerms(walking, readTerms(walking, only, name), name, [...path, name]);
}

async function expectAddress(walking: Walking, name: string): Promise<void> {
  const [v4, v6] = await Promise.all([walking.dns.ask(name, 'A'), walking.dns.ask(name, 'AAAA')]);
  if (v4.known === 'unknown' && v6.known === 'unknown') walking.silent.push(name);
  else if (v4.known === 'absent' && v6.known === 'absent') walking.voids.push(name);
}

async function expectMx(walking: Walking, name: string): Promise<void> {
  const reading = await walking.dns.ask(name, 'MX');
  if (reading.known === 'unknown') walking.silent.push(name);
  if (reading.known === 'absent') walking.voids.push(name);
  if (reading.values.length > MOST_MX) {
    walking.errors.push(`mx:${name} has ${reading.values.length} hosts`);
  }
}
