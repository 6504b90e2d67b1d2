import {
  classifyProbes,
  isProtectableDomain,
  parseIp,
  parseIpRange,
  rangeContains,
  SECOND,
  type AddressProbe,
  type EvidenceFinding,
  type PreflightItem,
} from '@holdfast/domain';
import type { Ports } from '../ports.ts';
import { TenantError, type TenantCredentials } from '../ports/office365/tenant-credentials.ts';
import type { DomainRecord } from '../records/organisation.ts';
import type { CanaryProbeRecord } from '../records/cut-over.ts';
import { tenantFailureWords } from './tenant-failure-words.ts';

/** Domains whose hosts are tried; more lead to the same front ends. */
const DOMAINS_TRIED = 10;
/** Of each domain, recipients that Office 365 is asked for. */
const RECIPIENTS = 2;
/** How long one session with one front end may take. Unit: milliseconds. */
const SESSION_TIMEOUT = 20 * SECOND;

type Finding = Omit<PreflightItem, 'check'>;

/**
 * The part of the pre-flight list that no permission opens: whether the tenant's hosts take mail from each of our addresses,
 * where public MX leads, and whether a test message has come through. The last two are what _Domains_ and _Cut-over_ have
 * seen; nothing is measured twice.
 */
export async function checkMail(
  ports: Ports,
  organisationId: string,
  credentials: TenantCredentials,
  onItem: (item: PreflightItem) => Promise<void>,
): Promise<void> {
  const smtp = await trySmtp(ports, organisationId, credentials).catch(notAnswered);
  await onItem({ check: 'smtp', ...smtp });
  const { domains, probes } = await ports.database.withinOrganisation(organisationId, async (r) => {
    const protectable = (await r.domains.list()).filter(isProtectableDomain);
    const latest: (CanaryProbeRecord | null)[] = [];
    for (const { name } of protectable) latest.push(await r.cutOvers.latestProbe(name));
    return { domains: protectable, probes: latest };
  });
  await onItem({ check: 'public-mx', ...publicMx(domains) });
  await onItem({ check: 'test-message', ...testMessages(domains, probes) });
}

function notAnswered(error: unknown): Finding {
  if (!(error instanceof TenantError)) throw error;
  return { result: 'not-checked', detail: tenantFailureWords(error) };
}

async function trySmtp(
  ports: Ports,
  organisationId: string,
  credentials: TenantCredentials,
): Promise<Finding> {
  const known = await ports.directory.domains(credentials);
  const domains = known.filter((domain) => isProtectableDomain(domain) && domain.mx.length > 0);
  if (domains.length === 0)
    return { result: 'not-checked', detail: 'No domain of the tenant takes mail.' };
  const tried = domains.slice(0, DOMAINS_TRIED);
  const probes = await Promise.all(
    tried.map(async ({ name, mx }) =>
      ports.relay.probeHosts({
        hosts: mx.map(({ exchange }) => exchange),
        from: ports.settings.noticeFrom,
        recipients: await recipientsOf(ports, organisationId, name),
        timeout: SESSION_TIMEOUT,
      }),
    ),
  );
  const { good, wrong } = judge(probes);
  const left =
    domains.length > tried.length
      ? [`${domains.length - tried.length} more domains were not tried.`]
      : [];
  const sources = [...new Set(probes.flat().map(({ source }) => source))];
  const ours = ports.settings.ourAddresses;
  const untried = untriedAddresses(ours, sources);
  const said = [...new Set(wrong.map(({ cause, remedy }) => `${cause}. ${remedy ?? ''}`.trim()))];
  if (good === 0) return { result: 'blocked', detail: said.join(' ') };
  const names = tried.map(({ name }) => name).join(', ');
  return {
    result: said.length === 0 && untried.length === 0 ? 'ok' : 'attention',
    detail: [
      `Hosts of ${names} answer${fromWords(sources, ours.length > 1)}.`,
      ...said,
      ...left,
      ...(untried.length === 0
        ? []
        : [`Not addresses of this host, and not tried from here: ${untried.join(', ')}.`]),
    ].join(' '),
  };
}

/** What each of our addresses finds at each domain, by itself: one that works must not hide one that is banned. */
function judge(probes: readonly (readonly AddressProbe[])[]): {
  readonly good: number;
  readonly wrong: readonly EvidenceFinding[];
} {
  const findings = probes.flatMap((ofDomain) =>
    [...Map.groupBy(ofDomain, ({ source }) => source).values()].flatMap(
      (ofSource) => classifyProbes(ofSource) ?? [],
    ),
  );
  return {
    good: findings.filter(({ verdict }) => verdict === 'good').length,
    wrong: findings.filter(({ verdict }) => verdict !== 'good'),
  };
}

function fromWords(sources: readonly (string | null)[], isSeveral: boolean): string {
  const named = sources.filter((source) => source !== null);
  if (named.length > 0) return `, from ${named.join(', ')}`;
  // Behind address translation, say: none of what is configured as ours is an address of this host.
  return isSeveral ? ', from the address that the system chose' : '';
}

/** What is configured as ours, and nobody left from, where others did. */
function untriedAddresses(
  configured: readonly string[],
  sources: readonly (string | null)[],
): readonly string[] {
  const used = sources.flatMap((source) => (source === null ? [] : (parseIp(source) ?? [])));
  if (used.length === 0) return [];
  return configured.filter((text) => {
    const range = parseIpRange(text);
    return range === null || !used.some((address) => rangeContains(range, address));
  });
}

/** Before the first reading of the directory nobody is known, and the session ends at MAIL. */
async function recipientsOf(
  ports: Pick<Ports, 'database'>,
  organisationId: string,
  domain: string,
): Promise<readonly string[]> {
  const { rows } = await ports.database.withinOrganisation(organisationId, ({ directory }) =>
    directory.page({
      search: `@${domain}`,
      kinds: ['user'],
      protected: null,
      alternateInfo: null,
      sort: 'name',
      descending: false,
      offset: 0,
      limit: RECIPIENTS * 5,
    }),
  );
  return rows
    .filter((user) => user.hasMailbox && user.primaryAddress.endsWith(`@${domain}`))
    .map(({ primaryAddress }) => primaryAddress)
    .slice(0, RECIPIENTS);
}

function publicMx(domains: readonly DomainRecord[]): Finding {
  const asked = domains.filter(({ state }) => state !== 'unchecked');
  if (asked.length === 0)
    return { result: 'not-checked', detail: 'DNS has not been asked about any domain yet.' };
  const away = asked.filter(({ state }) => state !== 'correct').map(({ name }) => name);
  const spf = asked
    .filter(({ report }) =>
      report?.checks.some(({ check, result }) => check === 'spf' && result === 'problem'),
    )
    .map(({ name }) => name);
  const ttls = asked.flatMap(({ observedTtl }) => observedTtl ?? []);
  const here = asked.filter(({ state }) => state === 'correct').map(({ name }) => name);
  const detail = [
    ...(here.length === 0 ? [] : [`MX of ${here.join(', ')} leads here.`]),
    ...(away.length === 0 ? [] : [`MX of ${away.join(', ')} does not lead here, or not alone.`]),
    ...(ttls.length === 0 ? [] : [`Longest TTL: ${Math.max(...ttls)} s.`]),
    ...(spf.length === 0 ? [] : [`SPF has a problem: ${spf.join(', ')}.`]),
  ].join(' ');
  return { result: away.length + spf.length === 0 ? 'ok' : 'attention', detail };
}

function testMessages(
  domains: readonly DomainRecord[],
  probes: readonly (CanaryProbeRecord | null)[],
): Finding {
  const sent = probes.filter((probe) => probe !== null);
  if (sent.length === 0) return { result: 'not-checked', detail: 'No test message was sent yet.' };
  const lost = sent.filter(({ state }) => state === 'lost');
  const arrived = sent.filter(({ state }) => state === 'arrived');
  const without = domains.filter((_domain, position) => probes[position] === null);
  const detail = [
    ...(arrived.length === 0
      ? []
      : [`Arrived by way of Holdfast: ${arrived.map(({ domain }) => domain).join(', ')}.`]),
    ...lost.map(({ domain, detail: why }) => `Lost for ${domain}: ${why ?? 'it never arrived'}`),
    ...(without.length === 0
      ? []
      : [`Not sent for ${without.map(({ name }) => name).join(', ')}.`]),
  ].join(' ');
  if (lost.length > 0) return { result: 'attention', detail };
  return { result: arrived.length > 0 ? 'ok' : 'not-checked', detail: detail || 'On its way.' };
}
