import {
  dkimRecordName,
  dmarcNames,
  isSpfRecord,
  rangeEdges,
  silenceOf,
  readDmarcPolicy,
  spfByInclude,
  worstSpf,
  type DmarcPolicy,
} from '@holdfast/domain';
import type { Ports } from '../ports.ts';
import type { DomainKeyRecord, DomainRecord, OutboundReading } from '../records/organisation.ts';

export interface KeyCheck {
  readonly selector: string;
  /** TXT records at its name; null: DNS did not answer. */
  readonly texts: readonly string[] | null;
  readonly checkDetail: string | null;
}

type Found = Omit<OutboundReading, 'checkedAt'>;

/** Asks DNS what recipients would find: SPF for our addresses, and the DMARC policy. No answer changes nothing. */
export async function askOutbound(
  ports: Ports,
  domain: Pick<DomainRecord, 'name' | 'outbound'>,
): Promise<Found> {
  const [spf, dmarc] = await Promise.all([
    askSpf(ports, domain.name),
    askDmarc(ports, domain.name),
  ]);
  const before = domain.outbound;
  return {
    spfRecords: spf.spfRecords ?? before?.spfRecords ?? [],
    spf: spf.spfRecords === null ? (before?.spf ?? null) : spf.spf,
    spfLookups: spf.spfRecords === null ? (before?.spfLookups ?? 0) : spf.spfLookups,
    dmarc: dmarc.answered ? dmarc.policy : (before?.dmarc ?? null),
    dmarcName: dmarc.answered ? dmarc.name : (before?.dmarcName ?? null),
    detail: spf.detail ?? dmarc.detail,
  };
}

interface SpfAnswer extends Pick<Found, 'spf' | 'spfLookups' | 'detail'> {
  /** Null: DNS did not answer. */
  readonly spfRecords: readonly string[] | null;
}

async function askSpf(ports: Ports, domain: string): Promise<SpfAnswer> {
  const answer = await ports.dns.ask(domain, 'TXT');
  if (answer.known === 'unknown') {
    return { spfRecords: null, spf: null, spfLookups: 0, detail: silence(silenceOf(answer)) };
  }
  const spfRecords = answer.values.filter(isSpfRecord);
  const { ourAddresses, ourHosts, spfInclude, usesSmartHost } = ports.settings;
  const { results, lookups } = await ports.senderPolicy.spf({
    domain,
    // A smart host sends from addresses of its own: what ours would be told says nothing.
    addresses: usesSmartHost ? [] : ourAddresses.flatMap(rangeEdges),
    helo: ourHosts[0] ?? 'localhost',
  });
  const known = { spfRecords, spfLookups: lookups };
  if (results.length > 0) {
    const spf = worstSpf(results);
    if (spf !== 'temperror') return { ...known, spf, detail: null };
    const detail = silence('SPF could not be evaluated');
    return { spfRecords: null, spf: null, spfLookups: 0, detail };
  }
  if (spfInclude !== null) {
    return { ...known, spf: spfByInclude(spfRecords, spfInclude, lookups), detail: null };
  }
  return { ...known, spf: null, detail: unknownAddresses(usesSmartHost) };
}

function unknownAddresses(usesSmartHost: boolean): string {
  return usesSmartHost
    ? 'Mail leaves through a smart host, whose addresses are not known here: set HOLDFAST_SPF_INCLUDE to the domain that its provider names for SPF.'
    : 'The addresses mail leaves from are not known: set HOLDFAST_RELAY_ADDRESSES.';
}

/** The first name that has a policy decides; a name that gives no answer leaves the question open. */
async function askDmarc(
  ports: Ports,
  domain: string,
): Promise<{
  readonly answered: boolean;
  readonly policy: DmarcPolicy | null;
  readonly name: string | null;
  readonly detail: string | null;
}> {
  for (const [position, name] of dmarcNames(domain).entries()) {
    const answer = await ports.dns.ask(name, 'TXT');
    if (answer.known === 'unknown') {
      return { answered: false, policy: null, name: null, detail: silence(silenceOf(answer)) };
    }
    const policy = readDmarcPolicy(answer.values, position > 0);
    if (policy !== null) return { answered: true, policy, name, detail: null };
  }
  return { answered: true, policy: null, name: null, detail: null };
}

/** Looks for the record of each key that is not retired. */
export async function askKeys(
  ports: Ports,
  domain: string,
  keys: readonly DomainKeyRecord[],
): Promise<readonly KeyCheck[]> {
  const wanted = keys.filter((key) => key.retiredAt === null);
  return Promise.all(
    wanted.map(async ({ selector }): Promise<KeyCheck> => {
      const answer = await ports.dns.ask(dkimRecordName(selector, domain), 'TXT');
      if (answer.known === 'unknown') {
        return { selector, texts: null, checkDetail: silence(silenceOf(answer)) };
      }
      return { selector, texts: answer.values, checkDetail: null };
    }),
  );
}

function silence(detail: string): string {
  return `DNS did not answer, so nothing is known newly: ${detail}`;
}
