import { isProtectableDomain } from '@holdfast/domain';
import { readLedger, type LedgerReading } from '../mail-flow/read-ledger.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import { readLockDownFacts } from '../cut-over/read-cut-over.ts';
import type { CutOverRecord } from '../records/cut-over.ts';

/** What has to be over before anything is taken away, and where it is dealt with. */
export interface UninstallBlocker {
  readonly title: string;
  readonly detail: string;
  /** Page of the console. */
  readonly href: string;
}

/** Everything that speaks against it, each named with where to deal with it. Empty: nothing does. */
export async function uninstallBlockers(
  ports: Pick<Ports, 'database' | 'reader'>,
  organisationId: string,
): Promise<readonly UninstallBlocker[]> {
  const ledger = await readLedger(ports, organisationId);
  const stored = await ports.database.withinOrganisation(organisationId, async (r) => [
    ...(await eventBlockers(r)),
    ...(await mailFlowBlockers(r)),
  ]);
  return [...stored, ...ledgerBlockers(ledger)];
}

async function eventBlockers(
  r: Pick<OrganisationRepositories, 'events' | 'drills'>,
): Promise<readonly UninstallBlocker[]> {
  const event = await r.events.current();
  if (event === null) return drillBlockers(r);
  const detail =
    event.phase === 'active'
      ? 'People work in their emergency mailboxes. End it first.'
      : 'People may still read in their emergency mailboxes until it closes by itself.';
  return [{ title: 'An emergency event is open', detail, href: '/event' }];
}

async function drillBlockers({
  drills,
}: Pick<OrganisationRepositories, 'drills'>): Promise<readonly UninstallBlocker[]> {
  const running = await drills.running();
  if (running.length === 0) return [];
  const detail = 'People practise in their emergency mailboxes. End it first.';
  return [{ title: 'A drill is running', detail, href: '/event/drills' }];
}

async function mailFlowBlockers(
  r: Pick<OrganisationRepositories, 'domains' | 'cutOvers'>,
): Promise<readonly UninstallBlocker[]> {
  const { evidence } = await readLockDownFacts(r);
  const records = new Map((await r.cutOvers.list()).map((record) => [record.domain, record]));
  const names = (await r.domains.list()).filter(isProtectableDomain).map(({ name }) => name);
  const domains = names.flatMap((name) => domainBlockers(name, records.get(name) ?? null));
  const [first = ''] = names;
  return evidence?.lockDown === 'on'
    ? [
        {
          title: 'The lock-down is on',
          detail: 'Office 365 refuses what does not come through us. Switch it off first.',
          href: cutOverPage(first),
        },
        ...domains,
      ]
    : domains;
}

function domainBlockers(name: string, record: CutOverRecord | null): readonly UninstallBlocker[] {
  const href = cutOverPage(name);
  const mx = record?.evidence?.mx ?? null;
  if (mx === null) {
    const title = `Where MX of ${name} points is not known`;
    return [{ title, detail: 'DNS did not answer. Check again.', href }];
  }
  if (mx.anyOfOurs) {
    const title = `MX of ${name} points here`;
    const detail = 'Its mail would be refused. Go the way back first.';
    return [{ title, detail, href }];
  }
  switch (record?.state?.phase) {
    case 'through-us':
      return [
        {
          title: `${name} has left us without the way back`,
          detail: 'Senders may still hold the old records. Begin the way back, and wait for it.',
          href,
        },
      ];
    case 'way-back':
      return [
        {
          title: `We still relay mail of ${name}`,
          detail: 'Senders may still hold the old records. Wait until the way back is over.',
          href,
        },
      ];
    case 'preparing':
    case 'back':
    case undefined:
      return [];
  }
}

function cutOverPage(name: string): string {
  return `/domains/${name}/cut-over`;
}

function ledgerBlockers({
  inbound,
  outbound,
  notices,
}: LedgerReading): readonly UninstallBlocker[] {
  const parts = [inbound, outbound, notices];
  const total = (count: (part: LedgerReading['inbound']) => number): number =>
    parts.reduce((sum, part) => sum + count(part), 0);
  const waiting = total(
    ({ open, waitingForIngest }) => open.queued + open.leased + open.deferred + waitingForIngest,
  );
  const held = total(({ open }) => open.held);
  const quarantined = total(({ open }) => open.quarantined);
  return [
    ...blocker(
      waiting,
      'waits for delivery',
      'Wait until it is through, or look why it is not.',
      '/queue',
    ),
    ...blocker(held, 'is held', 'Release it, return it or discard it.', '/queue?states=held'),
    ...blocker(quarantined, 'is in quarantine', 'Release it or discard it.', '/quarantine'),
  ];
}

function blocker(
  count: number,
  what: string,
  detail: string,
  href: string,
): readonly UninstallBlocker[] {
  if (count === 0) return [];
  return [{ title: `Mail for ${count} recipients ${what}`, detail, href }];
}
