import { decideSeats, isProtectableDomain, type IneligibleReason } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import { hasNoAlternateInfo } from '../users/protect-users.ts';
import { planInstallation, type InstallChoice } from './installation-plan.ts';

export interface InstallationReviewReading {
  /** Users that will be protected. */
  readonly protect: number;
  readonly ineligible: readonly { readonly reason: IneligibleReason; readonly count: number }[];
  /** Users who could be protected and are left out, since their accounts are switched off. */
  readonly switchedOff: number;
  /** Domains whose MX will point here. */
  readonly domains: readonly string[];
  readonly seats: { readonly available: number; readonly enough: boolean };
  readonly listsAlreadyCopied: boolean;
  /** Requests for alternate info that will go out. */
  readonly requests: number;
}

/** What installing will do, with counts; changes nothing. Refuses as `planInstallation` does. */
export async function reviewInstallation(
  ports: Ports,
  actor: Actor,
  choice: InstallChoice,
): Promise<InstallationReviewReading> {
  return ports.database.withinOrganisation(actor.organisationId, async (r) => {
    const organisation = await r.organisation.get();
    const chosen = await planInstallation(r, organisation, choice);
    const domains = (await r.domains.list()).filter(isProtectableDomain);
    const reasons = Map.groupBy(chosen.ineligible, ({ reason }) => reason);
    return {
      protect: chosen.eligible.length,
      ineligible: [...reasons].map(([reason, objects]) => ({ reason, count: objects.length })),
      switchedOff: chosen.switchedOff.length,
      domains: domains.map((domain) => domain.name),
      seats: {
        available: organisation.plan.seats,
        enough: decideSeats(organisation.plan, chosen.eligible.length).ok,
      },
      listsAlreadyCopied: organisation.listsCopiedAt !== null,
      requests: chosen.eligible.filter(hasNoAlternateInfo).length,
    };
  });
}
