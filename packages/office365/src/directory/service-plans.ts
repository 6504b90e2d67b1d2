/**
 * Which Exchange Online service plans bring a mailbox. Data, after Entra's "licensing-service-plan-reference"; ids
 * lower-case. A plan that is not listed brings none: the user is then shown as "no mailbox", and nothing breaks.
 */
const MAILBOX_PLANS: ReadonlyMap<string, string> = new Map([
  ['efb87545-963c-4e0d-99df-69c6916d9eb0', 'EXCHANGE_S_ENTERPRISE'],
  ['9aaf7827-d63c-4b61-89c3-182f06f82e5c', 'EXCHANGE_S_STANDARD'],
  ['4a82b400-a79f-41a4-b4e2-e94f5787b113', 'EXCHANGE_S_DESKLESS'],
  ['90927877-dcff-4af6-b346-2332c0b15bb7', 'EXCHANGE_B_STANDARD'],
  ['d42bdbd6-c335-4231-ab3d-c8f348d5aff5', 'EXCHANGE_L_STANDARD'],
]);

/** `Warning` is the grace period after a subscription ran out: the mailbox is still there. */
const LIVE = new Set(['enabled', 'warning']);

export function bringsMailbox(
  plans: readonly {
    readonly servicePlanId: string | null;
    readonly capabilityStatus: string | null;
  }[],
): boolean {
  return plans.some(
    (plan) => MAILBOX_PLANS.has(plan.servicePlanId ?? '') && LIVE.has(plan.capabilityStatus ?? ''),
  );
}
