/** What an organisation has bought. The feature depends on it; "not in your plan" is a page of its own. */
export interface Plan {
  readonly name: string;
  readonly continuity: boolean;
  /** Most users that may be protected. */
  readonly seats: number;
}

export type SeatDecision =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly refusal: 'not-in-plan' | 'not-enough-seats';
      readonly seats: number;
      readonly wanted: number;
    };

export function decideSeats(plan: Plan, protectedAfter: number): SeatDecision {
  if (!plan.continuity)
    return { ok: false, refusal: 'not-in-plan', seats: 0, wanted: protectedAfter };
  if (protectedAfter > plan.seats)
    return { ok: false, refusal: 'not-enough-seats', seats: plan.seats, wanted: protectedAfter };
  return { ok: true };
}
