import { getServers } from 'node:dns';
import type { LiveDns } from '@holdfast/application';
import {
  normaliseHost,
  settleAnswers,
  type DnsType,
  type DnsValues,
  type ResolverAnswer,
} from '@holdfast/domain';
import type { Answer, DecodedPacket } from 'dns-packet';
import { exchange, readServer, type DnsServerAddress } from './dns-exchange.ts';

export interface LiveDnsOptions {
  /** Resolvers as `address` or `address:port`; empty: those of the host. */
  readonly servers: readonly string[];
  /** Milliseconds for one question to one server over one transport; over UDP it is asked twice. */
  readonly timeoutMs: number;
}

/** Links of a chain of aliases that are followed (resolvers give up at about as many). */
const MOST_ALIASES = 8;

/** Asks all resolvers at once: what one of them has cached is not what every sender gets. */
export function createLiveDns({ servers, timeoutMs }: LiveDnsOptions): LiveDns {
  const names = servers.length > 0 ? servers : getServers();
  return {
    ask: async (name, type) =>
      settleAnswers(
        await Promise.all(names.map((resolver) => askOne(resolver, name, type, timeoutMs))),
      ),
  };
}

async function askOne<Type extends DnsType>(
  resolver: string,
  name: string,
  type: Type,
  timeoutMs: number,
): Promise<ResolverAnswer<DnsValues[Type]>> {
  const server = readServer(resolver);
  if (server === null) {
    return { ...NOTHING, resolver, outcome: 'failed', detail: 'not an address of a resolver' };
  }
  return { ...(await follow(server, normaliseHost(name), type, timeoutMs)), resolver };
}

type Told<T> = Omit<ResolverAnswer<T>, 'resolver'>;

const NOTHING: Omit<Told<never>, 'outcome' | 'detail'> = {
  values: [],
  ttl: null,
  aliases: [],
  authoritative: false,
  authenticated: false,
};

/** Goes along aliases; a server that does not follow them itself is asked for each. */
async function follow<Type extends DnsType>(
  server: DnsServerAddress,
  name: string,
  type: Type,
  timeoutMs: number,
): Promise<Told<DnsValues[Type]>> {
  const aliases: string[] = [];
  let at = name;
  let ttl: number | null = null;
  let [authoritative, authenticated] = [true, true];
  const sofar = () => ({ ttl, aliases, authoritative, authenticated });
  for (;;) {
    const answer = await exchange(server, { name: at, type, class: 'IN' }, timeoutMs);
    if (!answer.ok) return { ...NOTHING, aliases, outcome: 'silent', detail: answer.detail };
    const { packet } = answer;
    const refusal = refusalOf(packet);
    if (refusal !== null) return { ...NOTHING, aliases, outcome: 'failed', detail: refusal };
    authoritative &&= packet.flag_aa;
    authenticated &&= packet.flag_ad;
    const before = aliases.length;
    if (type !== 'CNAME') {
      for (let link = aliasOf(packet, at); link !== null; link = aliasOf(packet, at)) {
        if (aliases.includes(link.target) || link.target === name || aliases.length >= MOST_ALIASES)
          return { ...NOTHING, aliases, outcome: 'failed', detail: 'aliases lead in a circle' };
        aliases.push(link.target);
        ttl = shorter(ttl, link.ttl);
        at = link.target;
      }
    }
    const records = (packet.answers ?? []).filter(
      (record) => record.type === type && normaliseHost(record.name) === at,
    );
    if (records.length > 0) {
      for (const record of records) ttl = shorter(ttl, ttlOf(record));
      const values = records.flatMap((record) => valueOf(record, type));
      return { ...sofar(), outcome: 'found', values, detail: null };
    }
    if (rcodeOf(packet) === NXDOMAIN || aliases.length === before) {
      const detail = rcodeOf(packet) === NXDOMAIN ? 'no such name' : 'no such record';
      return { ...sofar(), ttl: null, outcome: 'absent', values: [], detail };
    }
  }
}

const NXDOMAIN = 3;
const RCODES = ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED'] as const;

/** The low four bits of the flags (RFC 1035 §4.1.1). */
function rcodeOf(packet: DecodedPacket): number {
  return (packet.flags ?? 0) & 0xf;
}

/** Null: the answer says something. An empty one that points elsewhere is a referral and says nothing. */
function refusalOf(packet: DecodedPacket): string | null {
  const rcode = rcodeOf(packet);
  if (rcode !== 0 && rcode !== NXDOMAIN) return RCODES[rcode] ?? `reply code ${rcode}`;
  const empty = (packet.answers ?? []).length === 0;
  return empty && rcode === 0 && !packet.flag_aa && !packet.flag_ra
    ? 'it does not resolve names for others'
    : null;
}

function aliasOf(
  packet: DecodedPacket,
  name: string,
): { readonly target: string; readonly ttl: number } | null {
  for (const record of packet.answers ?? []) {
    if (record.type === 'CNAME' && normaliseHost(record.name) === name) {
      return { target: normaliseHost(record.data), ttl: ttlOf(record) };
    }
  }
  return null;
}

function ttlOf(record: Answer): number {
  return 'ttl' in record ? (record.ttl ?? 0) : 0;
}

function shorter(known: number | null, ttl: number): number {
  return known === null ? ttl : Math.min(known, ttl);
}

/** Of the type that was asked for, or nothing: a record of another one is no answer. */
function valueOf<Type extends DnsType>(record: Answer, type: Type): DnsValues[Type][] {
  const value = read(record);
  return value?.type === type ? [value.value as DnsValues[Type]] : [];
}

type Value = {
  [Type in DnsType]: { readonly type: Type; readonly value: DnsValues[Type] };
}[DnsType];

function read(record: Answer): Value | null {
  if (record.type === 'MX') {
    const { exchange: host, preference = 0 } = record.data;
    return { type: 'MX', value: { exchange: host === '.' ? '' : host, preference } };
  }
  if (record.type === 'TXT') {
    const parts = [record.data].flat();
    const value = parts.map((part) => (typeof part === 'string' ? part : part.toString('utf8')));
    return { type: 'TXT', value: value.join('') };
  }
  if (record.type === 'TLSA') {
    const { usage, selector, matchingType, certificate } = record.data;
    const data = certificate.toString('hex');
    return { type: 'TLSA', value: { usage, selector, matchingType, data } };
  }
  if (
    record.type === 'A' ||
    record.type === 'AAAA' ||
    record.type === 'CNAME' ||
    record.type === 'NS'
  ) {
    return { type: record.type, value: record.data };
  }
  return null;
}
