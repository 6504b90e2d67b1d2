import {
  dkimRecordName,
  rangeEdges,
  silenceOf,
  spfByInclude,
  worstSpf,
  type SpfWalk,
} from '@holdfast/domain';
import type { LiveDns } from '../ports/live-dns.ts';
import type { Ports } from '../ports.ts';
import type { DomainRecords } from './ask-records.ts';
import type { DomainKeyRecord, DomainRecord, OutboundReading } from '../records/organisation.ts';

export interface KeyCheck {
  readonly selector: string;
  /** TXT records at its name; null: DNS did not answer. */
  readonly texts: readonly string[] | null;
  readonly ttl: number | null;
  readonly checkDetail: string | null;
}

type Found = Omit<OutboundReading, 'checkedAt'>;

/** `spf` of `found`: as it is now; null when nothing was learnt. */
export interface OutboundAnswer {
  readonly reading: Found;
  readonly spf: Found['spf'];
}

/** What recipients would find: SPF for our addresses, and the DMARC policy. No answer changes nothing. */
export async function askOutbound(
  ports: Ports,
  domain: Pick<DomainRecord, 'name' | 'outbound'>,
  { spf: walk, dmarc }: Pick<DomainRecords, 'spf' | 'dmarc'>,
): Promise<OutboundAnswer> {
  const spf = await judgeSpf(ports, domain.name, walk);
  const before = domain.outbound;
  const known = dmarc.known !== 'unknown';
  return {
    spf: spf.spf,
    reading: {
      spfRecords: spf.answered ? walk.records : (before?.spfRecords ?? []),
      spf: spf.answered ? spf.spf : (before?.spf ?? null),
      spfLookups: spf.answered ? walk.lookups : (before?.spfLookups ?? 0),
      dmarc: known ? dmarc.policy : (before?.dmarc ?? null),
      dmarcName: known ? dmarc.name : (before?.dmarcName ?? null),
      detail: spf.detail ?? (known ? null : silence('the name of the DMARC policy was not told')),
    },
  };
}

interface SpfAnswer extends Pick<Found, 'spf' | 'detail'> {
  readonly answered: boolean;
}

async function judgeSpf(ports: Ports, domain: string, walk: SpfWalk): Promise<SpfAnswer> {
  if (walk.known === 'unknown') {
    return { answered: false, spf: null, detail: silence('its SPF record was not told') };
  }
  const { ourAddresses, ourHosts, spfInclude, usesSmartHost } = ports.settings;
  const results = await ports.senderPolicy.spf({
    domain,
    // A smart host sends from addresses of its own: what ours would be told says nothing.
    addresses: usesSmartHost ? [] : ourAddresses.flatMap(rangeEdges),
    helo: ourHosts[0] ?? 'localhost',
  });
  if (results.length > 0) {
    const spf = worstSpf(results);
    if (spf !== 'temperror') return { answered: true, spf, detail: null };
    return { answered: false, spf: null, detail: silence('SPF could not be evaluated') };
  }
  if (spfInclude !== null) {
    const spf = spfByInclude(walk.records, spfInclude, walk.lookups);
    return { answered: true, spf, detail: null };
  }
  return { answered: true, spf: null, detail: unknownAddresses(usesSmartHost) };
}

function unknownAddresses(usesSmartHost: boolean): string {
  return usesSmartHost
    ? 'Mail leaves through a smart host, whose addresses are not known here: set HOLDFAST_SPF_INCLUDE to the domain that its provider names for SPF.'
    : 'The addresses mail leaves from are not known: set HOLDFAST_RELAY_ADDRESSES.';
}

/** Looks for the record of each key that is not retired. */
export async function askKeys(
  dns: LiveDns,
  domain: string,
  keys: readonly DomainKeyRecord[],
): Promise<readonly KeyCheck[]> {
  const wanted = keys.filter((key) => key.retiredAt === null);
  return Promise.all(
    wanted.map(async ({ selector }): Promise<KeyCheck> => {
      const answer = await dns.ask(dkimRecordName(selector, domain), 'TXT');
      if (answer.known === 'unknown') {
        return { selector, texts: null, ttl: null, checkDetail: silence(silenceOf(answer)) };
      }
      return { selector, texts: answer.values, ttl: answer.ttl, checkDetail: null };
    }),
  );
}

function silence(detail: string): string {
  return `DNS did not answer, so nothing is known newly: ${detail}`;
}
