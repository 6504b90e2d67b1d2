import type { InstallationReviewReading, InstallationStateReading } from '@holdfast/application';
import type { InstallationReview, InstallationState } from '@holdfast/contracts';
import { toIso, toIsoOrNull } from './instant.ts';

export function presentInstallation(reading: InstallationStateReading): InstallationState {
  const { organisation, steps } = reading;
  return {
    installedAt: toIsoOrNull(organisation.installedAt),
    protectNewUsers: organisation.protectNewUsers,
    steps: steps.map(({ step, state, detail, at }) => ({ step, state, detail, at: toIso(at) })),
  };
}

export function presentReview(reading: InstallationReviewReading): InstallationReview {
  const { protect, ineligible, switchedOff, domains, seats, listsAlreadyCopied, requests } =
    reading;
  return { protect, ineligible, switchedOff, domains, seats, listsAlreadyCopied, requests };
}
