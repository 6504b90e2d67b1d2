import { decideSeats, type Plan } from '@holdfast/domain';
import { Refusal } from '../refusal.ts';

/** Refuses: `plan.not-included`, `plan.not-enough-seats`. */
export function checkSeats(plan: Plan, protectedAfter: number): void {
  const decision = decideSeats(plan, protectedAfter);
  if (decision.ok) return;
  switch (decision.refusal) {
    case 'not-in-plan':
      throw new Refusal(
        'plan.not-included',
        `Email Continuity is not part of your plan (${plan.name}). Ask whoever runs this service for a plan with it.`,
      );
    case 'not-enough-seats':
      throw new Refusal(
        'plan.not-enough-seats',
        `Your plan has ${decision.seats} seats and ${decision.wanted} users would be protected. Choose fewer users or add seats.`,
      );
  }
}
