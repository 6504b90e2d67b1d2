import { HOUR, MINUTE, type EvidenceSource } from '@holdfast/domain';
import { noteSignIn } from '../organisations/note-sign-in.ts';
import { openCredentials } from '../organisations/open-credentials.ts';
import type { Ports } from '../ports.ts';
import type { TenantCredentials } from '../ports/office365/tenant-credentials.ts';
import { Refusal } from '../refusal.ts';
import {
  probeMailboxes,
  probeServiceHealth,
  probeSignIn,
  probeSmtp,
  type Probed,
} from './probe-sources.ts';
import { recordEvidence } from './record-evidence.ts';

export interface ProbeOptions {
  /** Milliseconds between two probes of one kind; each is a fifth sooner or later, so that they spread. */
  readonly interval: number;
  /** Milliseconds that a probe may take. */
  readonly timeout: number;
  /** Told of each probe that is over, for metrics. */
  readonly observed?: (source: ProbeKind, result: Probed) => void;
}

export type ProbeKind = Exclude<EvidenceSource, 'relay'>;

const KINDS: readonly ProbeKind[] = [
  'smtp-probe',
  'sign-in-probe',
  'mailbox-probe',
  'service-health',
];
/** Mailboxes that are opened in one turn; each turn takes the next ones. */
const CANARIES = 2;
/** Probes under way at once, over all organisations. What is due beyond that waits a turn. */
const MOST_AT_ONCE = 32;
/** Microsoft's service health is asked no more often (reference 4.1). */
const SERVICE_HEALTH_AT_MOST = MINUTE;
/** How long what was seen is kept. */
const EVIDENCE_KEPT = 30 * 24 * HOUR;

export interface Probes {
  /** Begins what is due and returns at once: a probe that hangs holds up no other, nor the turn. */
  turn(organisationIds: readonly string[]): void;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

/** Probes of every installed organisation, each kind by a clock of its own. */
export function createProbes(ports: Ports, options: ProbeOptions): Probes {
  const due = new Map<string, number>();
  const running = new Map<string, Promise<void>>();
  const turns = new Map<string, number>();
  const pruned = new Map<string, number>();

  function spread(interval: number): number {
    return interval * (0.8 + 0.4 * ports.identifiers.fraction());
  }

  function begin(organisationId: string, kind: ProbeKind): void {
    const key = `${kind} ${organisationId}`;
    const now = ports.clock.now();
    const at = due.get(key);
    if (running.has(key) || running.size >= MOST_AT_ONCE || (at !== undefined && at > now)) return;
    const least = kind === 'service-health' ? SERVICE_HEALTH_AT_MOST * 1.25 : 0;
    due.set(key, now + spread(Math.max(options.interval, least)));
    const turn = turns.get(key) ?? 0;
    turns.set(key, turn + 1);
    const work = probeOnce(ports, organisationId, kind, { turn, ...options })
      .catch((error: unknown) =>
        ports.log.warn('a probe failed here', { organisationId, kind, error: String(error) }),
      )
      .finally(() => running.delete(key));
    running.set(key, work);
  }

  function prune(organisationId: string): void {
    const now = ports.clock.now();
    if (now - (pruned.get(organisationId) ?? 0) < HOUR) return;
    pruned.set(organisationId, now);
    const key = `prune ${organisationId}`;
    const work = ports.database
      .withinOrganisation(organisationId, ({ health }) => health.pruneEvidence(now - EVIDENCE_KEPT))
      .catch((error: unknown) => ports.log.warn('old evidence stays', { error: String(error) }))
      .finally(() => running.delete(key));
    running.set(key, work);
  }

  return {
    turn(organisationIds) {
      for (const id of organisationIds) {
        for (const kind of KINDS) begin(id, kind);
        prune(id);
      }
    },
    async settled() {
      while (running.size > 0) await Promise.all(running.values());
    },
  };
}

interface Once extends ProbeOptions {
  readonly turn: number;
}

async function probeOnce(
  ports: Ports,
  organisationId: string,
  source: ProbeKind,
  once: Once,
): Promise<void> {
  const result = await probe(ports, organisationId, source, once);
  once.observed?.(source, result);
  // An empty list lets time pass: a suspicion is raised by it as well.
  const evidence = result === null ? [] : [{ ...result, source, at: ports.clock.now() }];
  await recordEvidence(ports, organisationId, evidence);
}

async function probe(
  ports: Ports,
  organisationId: string,
  source: ProbeKind,
  { turn, timeout }: Once,
): Promise<Probed> {
  if (source === 'smtp-probe') {
    const { hosts, recipients } = await frontEnds(ports, organisationId, turn);
    return probeSmtp(ports, hosts, recipients, timeout);
  }
  const credentials = await usableCredentials(ports, organisationId);
  if (credentials === null) return null;
  if (source === 'sign-in-probe') return probeSignIn(ports, organisationId, credentials);
  if (source === 'mailbox-probe') {
    const canaries = await canariesOf(ports, organisationId, turn);
    return probeMailboxes(ports, credentials, canaries);
  }
  const { finding, incidents } = await probeServiceHealth(ports, credentials);
  if (incidents !== null) {
    const readAt = ports.clock.now();
    await ports.database.withinOrganisation(organisationId, ({ health }) =>
      health.saveIncidents({ readAt, incidents }),
    );
  }
  return finding;
}

/** Null as well when Holdfast's own application is configured no more: mail is probed all the same. */
async function usableCredentials(
  ports: Ports,
  organisationId: string,
): Promise<TenantCredentials | null> {
  try {
    return await openCredentials(ports, organisationId);
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'consent.unavailable') throw error;
    const failure = { code: 'sign-in-failed', detail: error.message, retryAfter: null } as const;
    await noteSignIn(ports, organisationId, failure);
    return null;
  }
}

/** A few protected users, others each time, so that no single mailbox speaks for all. */
async function canariesOf(
  ports: Pick<Ports, 'database'>,
  organisationId: string,
  turn: number,
): Promise<readonly string[]> {
  const page = (offset: number) =>
    ports.database.withinOrganisation(organisationId, ({ directory }) =>
      directory.page({
        search: '',
        kinds: ['user'],
        protected: true,
        alternateInfo: null,
        sort: 'name',
        descending: false,
        offset,
        limit: CANARIES,
      }),
    );
  const first = await page(0);
  const places = Math.max(Math.ceil(first.total / CANARIES), 1);
  const place = turn % places;
  const { rows } = place === 0 ? first : await page(place * CANARIES);
  return rows.map(({ primaryAddress }) => primaryAddress);
}

/** Hosts of one domain, and recipients in it that must be known there; another domain each time. */
async function frontEnds(
  ports: Pick<Ports, 'database'>,
  organisationId: string,
  turn: number,
): Promise<{ readonly hosts: readonly string[]; readonly recipients: readonly string[] }> {
  const canaries = await canariesOf(ports, organisationId, turn);
  const [first] = canaries;
  if (first === undefined) return { hosts: [], recipients: [] };
  const domainName = first.slice(first.lastIndexOf('@') + 1);
  const domain = await ports.database.withinOrganisation(organisationId, ({ domains }) =>
    domains.get(domainName),
  );
  return {
    hosts: (domain?.tenantMx ?? []).map(({ exchange }) => exchange),
    recipients: canaries.filter((address) => address.endsWith(`@${domainName}`)),
  };
}
