import { refusedByLockDown, type CutOverEvidence } from '@holdfast/domain';
import { auditEntry, systemActor } from '../audit-entry.ts';
import { tellAdministrators } from '../domains/tell-administrators.ts';
import type { Job } from '../jobs.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';

/** Office 365 refuses the domain's mail now: locked down, and MX past us. */
function isRefused(evidence: CutOverEvidence | null): boolean {
  if (evidence === null) return false;
  const { lockDown, mx } = evidence;
  return refusedByLockDown(lockDown, [{ name: '', place: mx?.place ?? null }]).length > 0;
}

/** When it begins, and not again while it lasts; nothing is switched by itself. */
export async function noticeRefused(
  ports: Pick<Ports, 'log'>,
  r: Pick<OrganisationRepositories, 'jobs'>,
  organisationId: string,
  change: {
    readonly domain: string;
    readonly before: CutOverEvidence | null;
    readonly after: CutOverEvidence;
    readonly at: number;
  },
): Promise<void> {
  const { domain, before, after, at } = change;
  if (!isRefused(after) || isRefused(before)) return;
  ports.log.error('Office 365 refuses mail: locked down, and MX past us', {
    organisationId,
    domain,
  });
  await r.jobs.send({
    name: 'cut-over.tell-refused',
    payload: { organisationId, domain, since: at },
    id: `cut-over.tell-refused:${organisationId}:${domain}:${at}`,
    startAfter: null,
  });
}

/** Job `cut-over.tell-refused`: every administrator by e-mail, unless it is over. */
export async function tellRefused(
  ports: Ports,
  { payload: { organisationId, domain, since } }: Job<'cut-over.tell-refused'>,
): Promise<void> {
  const { evidence } = await ports.database.withinOrganisation(organisationId, ({ cutOvers }) =>
    cutOvers.get(domain),
  );
  if (evidence === null || !isRefused(evidence)) return;
  const { told, notice, worthAnother } = await tellAdministrators(ports, organisationId, {
    domain,
    title: `Office 365 refuses mail of ${domain}`,
    consequence:
      'The lock-down is on, so Office 365 takes only what comes through us, and the MX records lead past us: senders get their mail back as undeliverable.',
    mend: 'Switch the lock-down off, or point the MX records here again. Nothing is switched by itself.',
    seen: evidence.mx?.hosts.join(', ') ?? '',
    since,
    page: `/domains/${domain}/cut-over`,
    reference: `cut-over.tell-refused:${domain}:${since}`,
  });
  await ports.database.withinOrganisation(organisationId, ({ audit }) =>
    audit.append(
      auditEntry(ports, systemActor(organisationId), 'lock-down.refusal-told', domain, {
        told,
        notice,
      }),
    ),
  );
  if (told.length === 0 && worthAnother) throw new Error(notice);
}
