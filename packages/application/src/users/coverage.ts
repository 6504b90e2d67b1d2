import { ALTERNATE_INFO_STATES, isReachable, type AlternateInfoState } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import type { CoverageCounts } from '../ports/repositories/directory-repository.ts';

export interface CoverageReading {
  readonly protected: number;
  /** Have a verified channel: could be sent a login today. */
  readonly reachable: number;
  readonly byState: Readonly<Record<AlternateInfoState, number>>;
}

/** How many protected users could be reached today, and how far the others are. */
export async function coverage(ports: Ports, actor: Actor): Promise<CoverageReading> {
  return ports.database.withinOrganisation(actor.organisationId, async (r) =>
    readCoverage(await r.directory.coverage()),
  );
}

export function readCoverage(byState: CoverageCounts): CoverageReading {
  const sum = (states: readonly AlternateInfoState[]): number =>
    states.reduce((total, state) => total + byState[state], 0);
  return {
    protected: sum(ALTERNATE_INFO_STATES),
    reachable: sum(ALTERNATE_INFO_STATES.filter(isReachable)),
    byState,
  };
}
