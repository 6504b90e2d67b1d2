import type { installInput } from '@holdfast/contracts';
import { z } from 'zod';

/** The steps in their order; the step is in the address, so that reload and back keep it. */
export const WIZARD_STEPS = [
  'connect',
  'refresh',
  'choose',
  'new-users',
  'review',
  'result',
] as const;
export type WizardStep = (typeof WIZARD_STEPS)[number];

export function isWizardStep(step: string): step is WizardStep {
  return WIZARD_STEPS.some((known) => known === step);
}

export const wizardChoices = z.object({
  /** null: not answered yet. Nothing is pre-ticked. */
  protect: z.enum(['all', 'some']).nullable(),
  userIds: z.array(z.string()),
  protectNewUsers: z.boolean().nullable(),
});
export type WizardChoices = z.infer<typeof wizardChoices>;

export const NO_CHOICES: WizardChoices = { protect: null, userIds: [], protectNewUsers: null };

/** What is installed, or null while an answer is missing. */
export function toInstallation(choices: WizardChoices): z.input<typeof installInput> | null {
  if (choices.protectNewUsers === null || !isChosen(choices)) return null;
  return {
    protect:
      choices.protect === 'all' ? { kind: 'all' } : { kind: 'users', userIds: choices.userIds },
    protectNewUsers: choices.protectNewUsers,
  };
}

export function isChosen(choices: WizardChoices): boolean {
  return choices.protect === 'all' || (choices.protect === 'some' && choices.userIds.length > 0);
}

export interface WizardFacts {
  readonly connected: boolean;
  readonly refreshed: boolean;
  readonly installed: boolean;
}

export function isStepDone(step: WizardStep, choices: WizardChoices, facts: WizardFacts): boolean {
  switch (step) {
    case 'connect':
      return facts.connected;
    case 'refresh':
      return facts.refreshed;
    case 'choose':
      return isChosen(choices);
    case 'new-users':
      return choices.protectNewUsers !== null;
    case 'review':
    case 'result':
      return facts.installed;
  }
}
