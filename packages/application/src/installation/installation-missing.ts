import { Refusal } from '../refusal.ts';

/** Nothing is protected before *Review and install*. */
export function installationMissing(): Refusal {
  return new Refusal(
    'installation.not-done',
    'Email Continuity is not installed yet. Install it under Office 365 › Email Continuity first.',
  );
}
