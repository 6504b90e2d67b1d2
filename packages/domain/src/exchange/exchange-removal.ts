import {
  connectorSettings,
  changeTo,
  isOurs,
  ourConnector,
  planConnector,
} from './exchange-connector.ts';
import { addressFindings, unreadable } from './exchange-finding.ts';
import { changeSealers, stopAllowing, type ExchangePlan } from './exchange-plan.ts';
import type {
  DesiredExchange,
  ExchangePart,
  ExchangeState,
  OwnedExchange,
} from './exchange-side.ts';

/** Takes away what is ours and nothing else, however often it is asked for. */
export function planRemoval(state: ExchangeState, tag: string, owned: OwnedExchange): ExchangePlan {
  const steps: ExchangePlan['steps'] = [
    // The connector first: while it is locked down it refuses what no longer comes through us.
    ...(state.connectors ?? [])
      .filter(({ comment }) => isOurs(tag, comment))
      .map(({ name }) => ({ kind: 'remove-connector', name }) as const),
    ...(state.rules ?? [])
      .filter(({ comment }) => isOurs(tag, comment))
      .map(({ name }) => ({ kind: 'remove-rule', name }) as const),
    ...stopAllowing(state.allowedAddresses ?? [], owned.addresses),
    ...changeSealers(
      state.sealers ?? [],
      [],
      owned.sealers.map((sealer) => sealer.toLowerCase()),
    ),
  ];
  const parts: readonly ExchangePart[] = [
    ...(state.connectors === null ? (['connectors'] as const) : []),
    ...(state.rules === null ? (['rules'] as const) : []),
    ...(state.allowedAddresses === null && owned.addresses.length > 0
      ? (['ip-allow-list'] as const)
      : []),
    ...(state.sealers === null && owned.sealers.length > 0 ? (['sealers'] as const) : []),
  ];
  return { steps, findings: unreadable(parts) };
}

/**
 * Lock-down on or off. On only where our connector is there just as it should be: otherwise our own mail is refused.
 * Off wherever it is ours, at once, whatever else is wrong with it.
 */
export function planLockDown(
  state: ExchangeState,
  desired: DesiredExchange,
  on: boolean,
): ExchangePlan {
  const ours = ourConnector(state.connectors ?? [], desired.tag);
  if (!on) {
    const change = { restrictToAddresses: false, restrictToCertificate: false };
    const steps = ours === null ? [] : changeTo(ours, { ...ours, ...change });
    return { steps, findings: unreadable(state.connectors === null ? ['connectors'] : []) };
  }
  const set = planConnector(state.connectors, desired);
  const ready = ours !== null && set.steps.length === 0 && addressFindings(desired).length === 0;
  if (!ready) {
    return { steps: [], findings: [{ code: 'not-established', level: 'blocks', subjects: [] }] };
  }
  const wanted = { ...connectorSettings(desired, true), comment: ours.comment };
  return { steps: changeTo(ours, wanted), findings: [] };
}
