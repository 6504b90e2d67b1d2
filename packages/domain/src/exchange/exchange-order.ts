import { planExchange, type ExchangePlan } from './exchange-plan.ts';
import { planLockDown, planRemoval } from './exchange-removal.ts';
import type { DesiredExchange, ExchangeState, OwnedExchange } from './exchange-side.ts';

/** What is to become of the Office 365 side. */
export type ExchangeOrder =
  | {
      readonly kind: 'establish';
      readonly desired: DesiredExchange;
      readonly owned: OwnedExchange;
    }
  /** Refuse mail that does not come through us; off again before MX goes back. */
  | { readonly kind: 'lock-down'; readonly desired: DesiredExchange; readonly on: boolean }
  /** Takes away what is ours and nothing else. */
  | { readonly kind: 'remove'; readonly tag: string; readonly owned: OwnedExchange };

/** What an order comes to in a tenant that is like this. */
export function planOrder(state: ExchangeState, order: ExchangeOrder): ExchangePlan {
  switch (order.kind) {
    case 'establish':
      return planExchange(state, order.desired, order.owned);
    case 'lock-down':
      return planLockDown(state, order.desired, order.on);
    case 'remove':
      return planRemoval(state, order.tag, order.owned);
  }
}
