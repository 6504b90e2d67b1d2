import { distinctRanges } from './exchange-address.ts';
import { ourConnector, planConnector } from './exchange-connector.ts';
import {
  addressFindings,
  bypassFindings,
  restrictionFindings,
  roomFindings,
  unreadableFindings,
  type ExchangeFinding,
} from './exchange-finding.ts';
import { planJunkRule } from './exchange-rule.ts';
import type { DesiredExchange, ExchangeState, OwnedExchange } from './exchange-side.ts';
import type { ExchangeStep } from './exchange-step.ts';

/** What to change on the Office 365 side, in this order, and what only a person can decide. */
export interface ExchangePlan {
  readonly steps: readonly ExchangeStep[];
  readonly findings: readonly ExchangeFinding[];
}

/** Nothing is left to do, and nothing stands in the way. */
export function isEstablished({ steps, findings }: ExchangePlan): boolean {
  return steps.length === 0 && findings.every(({ level }) => level !== 'blocks');
}

/**
 * From what is there to what shall be. Adds to lists, never replaces them; changes only what carries our tag; takes
 * back only what was recorded as ours. Of a part that cannot be read nothing is planned.
 */
export function planExchange(
  state: ExchangeState,
  desired: DesiredExchange,
  owned: OwnedExchange,
): ExchangePlan {
  const unusable = addressFindings(desired);
  // Half of our addresses would be half of our mail refused: nothing is set up with them.
  const connector = unusable.length > 0 ? NOTHING : planConnector(state.connectors, desired);
  const list = unusable.length > 0 ? NOTHING : planAllowList(state, desired, owned);
  const rule = planJunkRule(state.rules, desired);
  const steps = [
    ...connector.steps,
    ...list.steps,
    ...rule.steps,
    ...planSealers(state, desired, owned),
  ];
  const others = (state.connectors ?? []).filter(
    (candidate) => candidate !== ourConnector(state.connectors ?? [], desired.tag),
  );
  return {
    steps: [...customization(state, steps), ...steps],
    findings: [
      ...unusable,
      ...unreadableFindings(state, desired),
      ...connector.findings,
      ...restrictionFindings(others, desired),
      ...directSendFindings(state, connector),
      ...list.findings,
      ...rule.findings,
      ...bypassFindings(state, desired, distinctRanges(owned.addresses)),
    ],
  };
}

const NOTHING: ExchangePlan = { steps: [], findings: [] };

/** A tenant in which nobody has changed anything yet takes no policies before this. */
function customization(
  state: ExchangeState,
  steps: readonly ExchangeStep[],
): readonly ExchangeStep[] {
  return state.organisation?.dehydrated === true && steps.length > 0
    ? [{ kind: 'enable-customization' }]
    : [];
}

/** Mail between colleagues that we relay would be refused (550 5.7.68) without a connector that matches us. */
function directSendFindings(
  state: ExchangeState,
  connector: ExchangePlan,
): readonly ExchangeFinding[] {
  if (state.organisation?.rejectDirectSend !== true) return [];
  const unmatched = connector.steps.length > 0 || connector.findings.length > 0;
  return unmatched || state.connectors === null
    ? [{ code: 'direct-send-rejected', level: 'blocks', subjects: [] }]
    : [];
}

function planAllowList(
  state: ExchangeState,
  desired: DesiredExchange,
  owned: OwnedExchange,
): ExchangePlan {
  const list = state.allowedAddresses;
  if (list === null) return NOTHING;
  const wanted = desired.filtering === 'ours' ? distinctRanges(desired.addresses) : [];
  const there = distinctRanges(list);
  // By its text: a network of somebody else's that covers it may be gone tomorrow.
  const missing = wanted.filter((range) => !there.includes(range));
  const surplus = distinctRanges(owned.addresses).filter(
    (range) => there.includes(range) && !wanted.includes(range),
  );
  const findings = roomFindings(
    there.filter((range) => !surplus.includes(range)),
    missing,
  );
  const added: readonly ExchangeStep[] =
    missing.length === 0 || findings.length > 0
      ? []
      : [{ kind: 'allow-addresses', addresses: missing }];
  return { steps: [...stopAllowing(list, surplus), ...added], findings };
}

/** Spelled as the list has them: an entry is removed by its text. */
export function stopAllowing(
  list: readonly string[],
  ranges: readonly string[],
): readonly ExchangeStep[] {
  const addresses = list.filter((entry) =>
    distinctRanges(ranges).includes(distinctRanges([entry])[0] ?? ''),
  );
  return addresses.length === 0 ? [] : [{ kind: 'stop-allowing-addresses', addresses }];
}

/** `Set-ArcConfig` overwrites: the whole list is written, with what others trust. */
function planSealers(
  state: ExchangeState,
  desired: DesiredExchange,
  owned: OwnedExchange,
): readonly ExchangeStep[] {
  const before = state.sealers;
  if (before === null) return [];
  const wanted = desired.sealer === null ? [] : [desired.sealer.toLowerCase()];
  const surplus = owned.sealers.map((sealer) => sealer.toLowerCase());
  return changeSealers(
    before,
    wanted,
    surplus.filter((sealer) => !wanted.includes(sealer)),
  );
}

/** The list with some added and some taken away; no step when that changes nothing. */
export function changeSealers(
  before: readonly string[],
  added: readonly string[],
  removed: readonly string[],
): readonly ExchangeStep[] {
  const known = before.map((sealer) => sealer.toLowerCase());
  const after = [
    ...before.filter((sealer) => !removed.includes(sealer.toLowerCase())),
    ...added.filter((sealer) => !known.includes(sealer)),
  ];
  return after.length === before.length && after.every((sealer, at) => sealer === before[at])
    ? []
    : [{ kind: 'trust-sealers', before, after }];
}
