import {
  decideReplyFate,
  isProtectableDomain,
  mergeSpf,
  repliesFail,
  spfMechanisms,
  type ReplyFate,
} from '@holdfast/domain';
import type { ApplicationSettings } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { DomainKeyRecord, DomainRecord } from '../records/organisation.ts';
import { signingKeyOf } from './signing-keys.ts';

/** How mail stands that leaves under the domain's name, and what would have to be entered. */
export interface OutboundState {
  readonly fate: ReplyFate;
  /** Selector of the key that signs now; null: mail leaves unsigned. */
  readonly signedBy: string | null;
  /** What the SPF record must hold; empty when our addresses are not known. */
  readonly mechanisms: readonly string[];
  /** The whole SPF record as it should be; null: nothing to change. */
  readonly spfWanted: string | null;
}

export function outboundStateOf(
  settings: Pick<ApplicationSettings, 'ourAddresses' | 'spfInclude' | 'usesSmartHost'>,
  domain: Pick<DomainRecord, 'outbound'>,
  keys: readonly DomainKeyRecord[],
): OutboundState {
  const { outbound } = domain;
  const signedBy = signingKeyOf(keys)?.selector ?? null;
  const addresses = settings.usesSmartHost ? [] : settings.ourAddresses;
  const mechanisms = spfMechanisms(addresses, settings.spfInclude);
  const passes = outbound?.spf === 'pass';
  return {
    fate: decideReplyFate({
      signed: signedBy !== null,
      spf: outbound?.spf ?? null,
      dmarc: outbound?.dmarc ?? null,
    }),
    signedBy,
    mechanisms,
    spfWanted:
      outbound === null || passes || mechanisms.length === 0
        ? null
        : mergeSpf(outbound.spfRecords, mechanisms),
  };
}

export interface DomainOutbound {
  readonly domain: DomainRecord;
  readonly keys: readonly DomainKeyRecord[];
  readonly state: OutboundState;
}

/** Every domain that mail can be written from. */
export async function readOutbound(
  settings: ApplicationSettings,
  r: Pick<OrganisationRepositories, 'domains' | 'domainKeys'>,
): Promise<readonly DomainOutbound[]> {
  const keys = Map.groupBy(await r.domainKeys.all(), (key) => key.domain);
  return (await r.domains.list()).filter(isProtectableDomain).map((domain) => {
    const own = keys.get(domain.name) ?? [];
    return { domain, keys: own, state: outboundStateOf(settings, domain, own) };
  });
}

export interface FailingReplies {
  readonly domain: string;
  readonly users: number;
  readonly fate: ReplyFate;
}

/** The domains of these addresses whose replies would fail SPF and DKIM both, most people first. */
export function failingReplies(
  outbound: readonly DomainOutbound[],
  addresses: readonly string[],
): readonly FailingReplies[] {
  const users = new Map<string, number>();
  for (const address of addresses) {
    const name = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
    users.set(name, (users.get(name) ?? 0) + 1);
  }
  return outbound
    .map(({ domain, state }) => ({
      domain: domain.name,
      users: users.get(domain.name) ?? 0,
      fate: state.fate,
    }))
    .filter((one) => one.users > 0 && repliesFail(one.fate))
    .toSorted((a, b) => b.users - a.users);
}
