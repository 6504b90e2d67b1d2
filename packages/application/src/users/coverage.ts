import { ALTERNATE_INFO_STATES, isReachable, type AlternateInfoState } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import type { DirectoryRecord } from '../records/people.ts';

export interface CoverageReading {
  readonly protected: number;
  /** Have a verified channel: could be sent a login today. */
  readonly reachable: number;
  readonly byState: Readonly<Record<AlternateInfoState, number>>;
}

/** How many protected users could be reached today, and how far the others are. */
export async function coverage(ports: Ports, actor: Actor): Promise<CoverageReading> {
  const objects = await ports.database.withinOrganisation(actor.organisationId, (r) =>
    r.directory.all(),
  );
  return countCoverage(objects);
}

export function countCoverage(
  objects: readonly Pick<DirectoryRecord, 'protected' | 'alternateInfo'>[],
): CoverageReading {
  const users = objects.filter((object) => object.protected);
  const count = (state: AlternateInfoState): number =>
    users.filter((user) => user.alternateInfo === state).length;
  const [missing, asked, given, verified, opened] = ALTERNATE_INFO_STATES;
  return {
    protected: users.length,
    reachable: users.filter((user) => isReachable(user.alternateInfo)).length,
    byState: {
      [missing]: count(missing),
      [asked]: count(asked),
      [given]: count(given),
      [verified]: count(verified),
      [opened]: count(opened),
    },
  };
}
