import { systemActor } from '../audit-entry.ts';
import { applyExchange } from '../exchange/apply-exchange.ts';
import { checkExchange } from '../exchange/check-exchange.ts';
import type { Job } from '../jobs.ts';
import { isPassing, tenantFailureWords } from '../organisations/tenant-failure-words.ts';
import type { Ports } from '../ports.ts';
import { TenantError } from '../ports/office365/tenant-credentials.ts';
import { finishStep } from './installation-steps.ts';

/**
 * Job `installation.exchange`: makes the Office 365 side what it shall be. Where the permission is missing it says so,
 * and that there is a script to run instead.
 */
export async function establishExchange(
  ports: Ports,
  job: Job<'installation.exchange'>,
): Promise<void> {
  const { organisationId } = job.payload;
  const actor = systemActor(organisationId);
  try {
    const { done, check } = await applyExchange(ports, actor);
    const count = `${done.length} ${done.length === 1 ? 'change' : 'changes'} made`;
    await finishStep(ports, organisationId, {
      step: 'exchange',
      state: check.established === 'yes' ? 'done' : 'failed',
      detail:
        check.established === 'yes'
          ? `${count}, ${check.detail}`
          : `${count}; left: ${check.detail}`,
    });
  } catch (error) {
    if (!(error instanceof TenantError)) throw error;
    // Somebody may have run the script already.
    const { check } = await checkExchange(ports, actor);
    const attested = check.established === 'attested' || check.established === 'yes';
    const detail = attested
      ? check.detail
      : `not set up yet: ${tenantFailureWords(error)} Or run the script under Office 365 side, and confirm it.`;
    await finishStep(ports, organisationId, {
      step: 'exchange',
      state: attested ? 'done' : 'failed',
      detail,
    });
    if (isPassing(error)) throw error;
  }
}
