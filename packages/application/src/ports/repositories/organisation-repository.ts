import type { InstallationStepRecord, OrganisationRecord } from '../../records/organisation.ts';

export interface OrganisationRepository {
  get(): Promise<OrganisationRecord>;
  /** Same, and holds the row until the transaction ends: every decision about the organisation takes its turn here. */
  lock(): Promise<OrganisationRecord>;
  save(
    change: Partial<
      Pick<
        OrganisationRecord,
        | 'installedAt'
        | 'protectNewUsers'
        | 'directorySyncedAt'
        | 'syncGuardPercent'
        | 'listsCopiedAt'
        | 'helpdesk'
        | 'plan'
        | 'name'
      >
    >,
  ): Promise<void>;
  steps(): Promise<readonly InstallationStepRecord[]>;
  saveStep(step: InstallationStepRecord): Promise<void>;
}
