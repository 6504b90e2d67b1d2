import type { ExchangeConnector, ExchangeRule, ExchangeState } from '../exchange/exchange-side.ts';
import type { ExchangeStep } from '../exchange/exchange-step.ts';

/** What Office 365 is like after a step, for tests of plans: the simulator says the same in its own code. */
export function evolveExchange(state: ExchangeState, step: ExchangeStep): ExchangeState {
  const connectors = state.connectors ?? [];
  const allowed = state.allowedAddresses ?? [];
  const rules = state.rules ?? [];
  switch (step.kind) {
    case 'enable-customization':
      return {
        ...state,
        organisation:
          state.organisation === null ? null : { ...state.organisation, dehydrated: false },
      };
    case 'create-connector': {
      const made: ExchangeConnector = { name: step.name, ...step.settings };
      return { ...state, connectors: [...connectors, made] };
    }
    case 'change-connector':
      return {
        ...state,
        connectors: connectors.map((known) =>
          known.name === step.name ? { ...known, ...step.after } : known,
        ),
      };
    case 'remove-connector':
      return { ...state, connectors: without(connectors, step.name) };
    case 'allow-addresses':
      return { ...state, allowedAddresses: [...allowed, ...step.addresses] };
    case 'stop-allowing-addresses':
      return {
        ...state,
        allowedAddresses: allowed.filter((entry) => !step.addresses.includes(entry)),
      };
    case 'create-rule': {
      const made: ExchangeRule = { name: step.name, priority: 0, ...step.settings };
      return { ...state, rules: renumbered([made, ...rules]) };
    }
    case 'change-rule':
      return {
        ...state,
        rules: rules.map((known) =>
          known.name === step.name ? { ...known, ...step.after } : known,
        ),
      };
    case 'remove-rule':
      return { ...state, rules: renumbered(without(rules, step.name)) };
    case 'trust-sealers':
      return { ...state, sealers: step.after };
  }
}

function without<T extends { readonly name: string }>(
  all: readonly T[],
  name: string,
): readonly T[] {
  return all.filter((known) => known.name !== name);
}

function renumbered(rules: readonly ExchangeRule[]): readonly ExchangeRule[] {
  return rules.map((rule, priority) => ({ ...rule, priority }));
}
