import {
  classifyProbes,
  classifyServiceHealth,
  openIncidents,
  type EvidenceFinding,
  type ServiceIncident,
} from '@holdfast/domain';
import { noteSignIn } from '../organisations/note-sign-in.ts';
import type { Ports } from '../ports.ts';
import { TenantError, type TenantCredentials } from '../ports/office365/tenant-credentials.ts';

/** What one probe found; null: it says nothing. */
export type Probed = EvidenceFinding | null;

/** Recipients that the SMTP probe asks for: of two, one may have gone without that being an incident. */
const RECIPIENTS = 2;

/** A fresh token: shape "identity". What we have let run out, or somebody has revoked, is no outage. */
export async function probeSignIn(
  ports: Ports,
  organisationId: string,
  credentials: TenantCredentials,
): Promise<Probed> {
  try {
    const { latency } = await ports.tenantHealth.probeSignIn(credentials);
    await noteSignIn(ports, organisationId, null);
    return { verdict: 'good', weight: 'none', cause: 'signing in works', latency, remedy: null };
  } catch (error) {
    if (error instanceof TenantError) await noteSignIn(ports, organisationId, error.failure);
    return failureFinding(error, {
      'sign-in-failed':
        'Our sign-in is refused. Renew the secret or certificate under Connection; a certificate that was replaced in Entra counts at once.',
      'not-consented':
        'The application has no consent in the tenant any more. Grant it again under Connection.',
      'tenant-unknown': 'Microsoft does not know the tenant. Check it under Connection.',
      forbidden: 'The application may not do this. See what is missing under Connection.',
    });
  }
}

/** Inboxes of a few users: shape "mailbox". One that fails beside others that open is that mailbox, or a region. */
export async function probeMailboxes(
  ports: Ports,
  credentials: TenantCredentials,
  addresses: readonly string[],
): Promise<Probed> {
  const findings = await Promise.all(
    addresses.map(async (address): Promise<Probed> => {
      try {
        const { latency } = await ports.tenantHealth.probeMailbox(credentials, address);
        return { verdict: 'good', weight: 'none', cause: 'mailboxes open', latency, remedy: null };
      } catch (error) {
        // Without a licence it has no mailbox: that says nothing, and the next turn asks others.
        if (error instanceof TenantError && error.failure.code === 'not-found') return null;
        return failureFinding(error, {
          'sign-in-failed':
            'Our sign-in is refused. Renew the secret or certificate under Connection.',
          'not-consented': 'Grant consent again under Connection.',
          forbidden:
            'Mailboxes are not watched: the permission Mail.ReadWrite (tier mailbox) is missing, or a policy keeps us out. Grant it under Connection; an outage of mailboxes alone goes unseen without.',
        });
      }
    }),
  );
  return together(findings.filter((finding): finding is EvidenceFinding => finding !== null));
}

function together(findings: readonly EvidenceFinding[]): Probed {
  const bad = findings.filter(({ verdict }) => verdict === 'bad');
  const good = findings.filter(({ verdict }) => verdict === 'good');
  const [failed] = bad;
  const [opened] = good;
  if (failed === undefined) {
    if (opened === undefined) return findings[0] ?? null;
    return { ...opened, latency: Math.max(...good.map(({ latency }) => latency ?? 0)) };
  }
  if (opened === undefined) return failed;
  const cause = `${bad.length} of ${findings.length} mailboxes: ${failed.cause}`;
  return { ...failed, weight: failed.weight === 'high' ? 'medium' : failed.weight, cause };
}

/** Every front end of the tenant, as far as RCPT TO, under our own name (reference 4.2). */
export async function probeSmtp(
  ports: Ports,
  hosts: readonly string[],
  recipients: readonly string[],
  timeout: number,
): Promise<Probed> {
  if (hosts.length === 0 || recipients.length === 0) return null;
  const probes = await ports.relay.probeHosts({
    hosts,
    from: ports.settings.noticeFrom,
    recipients: recipients.slice(0, RECIPIENTS),
    timeout,
  });
  return classifyProbes(probes);
}

export interface ServiceReading {
  readonly finding: EvidenceFinding;
  /** Null: Microsoft did not say; what it said before stands. */
  readonly incidents: readonly ServiceIncident[] | null;
}

/** Microsoft's own word. That it gives none is a weak sign: Graph fails along with the rest, or without it. */
export async function probeServiceHealth(
  ports: Ports,
  credentials: TenantCredentials,
): Promise<ServiceReading> {
  const began = ports.clock.now();
  try {
    const services = await ports.tenantHealth.services(credentials);
    const finding = classifyServiceHealth(services, ports.clock.now() - began);
    return { finding, incidents: openIncidents(services) };
  } catch (error) {
    const finding = failureFinding(error, {
      'sign-in-failed': 'Our sign-in is refused. Renew the secret or certificate under Connection.',
      'not-consented': 'Grant consent again under Connection.',
      forbidden:
        'The permission ServiceHealth.Read.All is missing: Microsoft’s own reports are not shown. Grant it under Connection.',
    });
    return {
      finding: { ...finding, weight: finding.verdict === 'bad' ? 'low' : 'none' },
      incidents: null,
    };
  }
}

type Remedies = Readonly<
  Partial<Record<'sign-in-failed' | 'not-consented' | 'tenant-unknown' | 'forbidden', string>>
>;

/** What a failed call means for Office 365 as a whole: trouble there, or a fault of ours with what to do about it. */
function failureFinding(error: unknown, remedies: Remedies): EvidenceFinding {
  const bad = (weight: EvidenceFinding['weight'], cause: string): EvidenceFinding => ({
    verdict: 'bad',
    weight,
    cause,
    latency: null,
    remedy: null,
  });
  if (!(error instanceof TenantError)) return bad('low', String(error));
  const { code, detail } = error.failure;
  switch (code) {
    case 'unreachable':
    case 'unavailable':
      return bad('high', detail);
    case 'unexpected':
      return bad('medium', detail);
    case 'throttled':
      return bad('low', detail);
    case 'not-found':
      return bad('low', detail);
    case 'sign-in-failed':
    case 'not-consented':
    case 'tenant-unknown':
    case 'forbidden':
      return {
        verdict: 'ours',
        weight: 'none',
        cause: detail,
        latency: null,
        remedy: remedies[code] ?? 'See what is missing under Connection.',
      };
  }
}
