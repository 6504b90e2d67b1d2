import { HOUR } from '@holdfast/domain';
import { TenantError } from '../ports/office365/tenant-credentials.ts';
import type { PutBackOutcome } from '../ports/repositories/put-back-repository.ts';

/** What could not be put back is asked for anew this often, beyond the retries of its job. */
export const PUT_BACK_ROUND = HOUR;

export interface PutBackResult {
  readonly outcome: PutBackOutcome;
  readonly detail: string | null;
}

/** What waiting does not mend; anything else is thrown on, for the job to be retried. */
export function finalFailure(error: unknown): PutBackResult {
  if (!(error instanceof TenantError)) throw error;
  const { code, detail } = error.failure;
  switch (code) {
    case 'forbidden':
    case 'not-consented':
    case 'sign-in-failed':
    case 'tenant-unknown':
      return { outcome: 'forbidden', detail };
    case 'not-found':
      return { outcome: 'no-mailbox', detail };
    case 'throttled':
    case 'unavailable':
    case 'unreachable':
    case 'unexpected':
      throw error;
  }
}
