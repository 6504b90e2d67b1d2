import { assessOutcome, describeOutcome, type Evidence } from '@holdfast/domain';
import { TenantError, type TenantCredentials } from '../ports/office365/tenant-credentials.ts';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { noteSignIn } from '../organisations/note-sign-in.ts';
import { openCredentials } from '../organisations/open-credentials.ts';
import { recordEvidence } from './record-evidence.ts';

/** How long the SMTP probe waits for the tenant's host. Unit: milliseconds. */
export const SMTP_PROBE_TIMEOUT = 20_000;

/** Sign-in, mailbox and SMTP probes of one organisation, each turned into classified evidence. */
export async function probePrimary(ports: Ports, organisationId: string): Promise<void> {
  const credentials = await usableCredentials(ports, organisationId);
  const target = await ports.database.withinOrganisation(
    organisationId,
    async ({ directory, domains }) => {
      const users = await directory.page({
        search: '',
        kinds: ['user'],
        protected: true,
        alternateInfo: null,
        sort: 'name',
        descending: false,
        offset: 0,
        limit: 1,
      });
      const address = users.rows[0]?.primaryAddress ?? null;
      const domain =
        address === null ? null : await domains.get(address.slice(address.lastIndexOf('@') + 1));
      return { address, hosts: (domain?.tenantMx ?? []).map((mx) => mx.exchange) };
    },
  );
  const evidence: Evidence[] = [];
  if (credentials !== null) {
    evidence.push(await probeSignIn(ports, organisationId, credentials));
    if (target.address !== null)
      evidence.push(...(await probeMailbox(ports, credentials, target.address)));
  }
  if (target.address !== null && target.hosts.length > 0) {
    evidence.push(await probeSmtp(ports, target.hosts, target.address));
  }
  await recordEvidence(ports, organisationId, evidence);
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

async function probeSignIn(
  ports: Ports,
  organisationId: string,
  credentials: TenantCredentials,
): Promise<Evidence> {
  try {
    await ports.directory.probeSignIn(credentials);
    await noteSignIn(ports, organisationId, null);
    return {
      source: 'sign-in-probe',
      at: ports.clock.now(),
      verdict: 'good',
      weight: 'none',
      cause: 'sign-in works',
    };
  } catch (error) {
    if (error instanceof TenantError) await noteSignIn(ports, organisationId, error.failure);
    return { source: 'sign-in-probe', at: ports.clock.now(), ...badness(error) };
  }
}

async function probeMailbox(
  ports: Ports,
  credentials: TenantCredentials,
  address: string,
): Promise<readonly Evidence[]> {
  try {
    await ports.directory.probeMailbox(credentials, address);
    return [
      {
        source: 'mailbox-probe',
        at: ports.clock.now(),
        verdict: 'good',
        weight: 'none',
        cause: 'a mailbox opens',
      },
    ];
  } catch (error) {
    const bad = badness(error);
    // A missing permission or licence says nothing about Office 365.
    return bad.weight === 'none'
      ? []
      : [{ source: 'mailbox-probe', at: ports.clock.now(), ...bad }];
  }
}

function badness(error: unknown): Pick<Evidence, 'verdict' | 'weight' | 'cause'> {
  if (!(error instanceof TenantError))
    return { verdict: 'bad', weight: 'low', cause: String(error) };
  const { code, detail } = error.failure;
  switch (code) {
    case 'unreachable':
    case 'unavailable':
      return { verdict: 'bad', weight: 'high', cause: detail };
    case 'unexpected':
      return { verdict: 'bad', weight: 'medium', cause: detail };
    case 'throttled':
      return { verdict: 'bad', weight: 'low', cause: detail };
    case 'sign-in-failed':
    case 'not-consented':
    case 'tenant-unknown':
    case 'forbidden':
    case 'not-found':
      return { verdict: 'bad', weight: 'none', cause: detail };
  }
}

async function probeSmtp(
  ports: Ports,
  hosts: readonly string[],
  recipient: string,
): Promise<Evidence> {
  const outcome = await ports.relay.probe({
    hosts,
    from: '',
    recipient,
    timeout: SMTP_PROBE_TIMEOUT,
  });
  const { action, weight } = assessOutcome(outcome);
  const at = ports.clock.now();
  return action === 'delivered' || weight === 'none'
    ? { source: 'smtp-probe', at, verdict: 'good', weight: 'none', cause: 'mail would be accepted' }
    : { source: 'smtp-probe', at, verdict: 'bad', weight, cause: describeOutcome(outcome) };
}
