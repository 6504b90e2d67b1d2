import { auditEntry, systemActor } from '../audit-entry.ts';
import type { Job } from '../jobs.ts';
import { requireCredentials } from '../organisations/open-credentials.ts';
import { isPassing, tenantFailureWords } from '../organisations/tenant-failure-words.ts';
import type { Ports } from '../ports.ts';
import { TenantError } from '../ports/office365/tenant-credentials.ts';
import { finishStep } from './installation-steps.ts';

/**
 * Job `installation.allow-addresses`: puts our addresses on the tenant's IP allow list, merged with what is there, and
 * keeps exactly what was added, so that uninstalling removes only that.
 */
export async function allowOurAddresses(
  ports: Ports,
  job: Job<'installation.allow-addresses'>,
): Promise<void> {
  const { organisationId } = job.payload;
  const { ourAddresses } = ports.settings;
  try {
    const credentials = await requireCredentials(ports, organisationId);
    const result = await ports.exchange.allowAddresses(credentials, ourAddresses);
    await keepResult(ports, organisationId, result);
  } catch (error) {
    if (!(error instanceof TenantError)) throw error;
    const detail = `not allowed yet: ${tenantFailureWords(error)} ${byHand(ourAddresses)}`;
    await finishStep(ports, organisationId, { step: 'allow-addresses', state: 'failed', detail });
    if (isPassing(error)) throw error;
  }
}

async function keepResult(
  ports: Ports,
  organisationId: string,
  result: { readonly added: readonly string[]; readonly alreadyThere: readonly string[] },
): Promise<void> {
  await ports.database.withinOrganisation(organisationId, async (r) => {
    await r.organisation.lock();
    const before = (await r.organisation.steps()).find(({ step }) => step === 'allow-addresses');
    // A repeat finds everything there: what an earlier run added is still ours to remove.
    const added = [...new Set([...(before?.added ?? []), ...result.added])];
    const detail = `${result.added.length} added, ${result.alreadyThere.length} were there already`;
    const at = ports.clock.now();
    await r.organisation.saveStep({ step: 'allow-addresses', state: 'done', detail, added, at });
    await r.audit.append(
      auditEntry(ports, systemActor(organisationId), 'tenant.addresses-allowed', detail, {
        added: result.added,
        alreadyThere: result.alreadyThere,
      }),
    );
  });
}

/** What an administrator can run where we have no permission. */
function byHand(addresses: readonly string[]): string {
  const list = addresses.map((address) => `"${address}"`).join(',');
  return `Or run in Exchange Online PowerShell: Set-HostedConnectionFilterPolicy -Identity Default -IPAllowList @{Add=${list}}`;
}
