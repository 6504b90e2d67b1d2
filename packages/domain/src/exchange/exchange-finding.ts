import { distinctRanges, isCovered, isTouched, ourAddressFault } from './exchange-address.ts';
import {
  MAX_IP_LIST_ENTRIES,
  type DesiredExchange,
  type ExchangeConnector,
  type ExchangePart,
  type ExchangeState,
} from './exchange-side.ts';

/**
 * What only a person can decide or mend. `blocks`: until then our side of Office 365 does not work, or is not known
 * to. `warns`: it works, not as well as it could.
 */
export type ExchangeFinding = {
  readonly level: 'blocks' | 'warns';
  /** Names of connectors and rules, or addresses. */
  readonly subjects: readonly string[];
} & (
  | { readonly code: 'unreadable'; readonly parts: readonly ExchangePart[] }
  | { readonly code: 'no-addresses' }
  | { readonly code: 'address-not-usable' }
  | { readonly code: 'connector-name-taken' }
  | { readonly code: 'rule-name-taken' }
  | { readonly code: 'restricted-by-others' }
  | { readonly code: 'direct-send-rejected' }
  | { readonly code: 'allow-list-full'; readonly room: number }
  | { readonly code: 'filter-switched-off' }
  | { readonly code: 'allowed-by-others' }
  | { readonly code: 'not-established' }
);

const PARTS: readonly (readonly [keyof ExchangeState, ExchangePart])[] = [
  ['organisation', 'organisation'],
  ['connectors', 'connectors'],
  ['allowedAddresses', 'ip-allow-list'],
  ['rules', 'rules'],
  ['sealers', 'sealers'],
];

/** Parts that the wish has to do with: what nobody asks for needs no permission. */
function isNeeded(part: ExchangePart, desired: DesiredExchange): boolean {
  switch (part) {
    case 'organisation':
    case 'connectors':
    case 'rules':
      return true;
    case 'ip-allow-list':
      return desired.filtering === 'ours';
    case 'sealers':
      return desired.sealer !== null;
  }
}

/** All parts that are needed and may not be read, as one: one permission gives them all. */
export function unreadableFindings(
  state: ExchangeState,
  desired: DesiredExchange,
): readonly ExchangeFinding[] {
  return unreadable(
    PARTS.filter(([key, part]) => state[key] === null && isNeeded(part, desired)).map(
      ([, part]) => part,
    ),
  );
}

export function unreadable(parts: readonly ExchangePart[]): readonly ExchangeFinding[] {
  return parts.length === 0 ? [] : [{ code: 'unreadable', level: 'blocks', subjects: [], parts }];
}

/** What is wrong with the addresses that we are to be known by. */
export function addressFindings(desired: DesiredExchange): readonly ExchangeFinding[] {
  if (desired.addresses.length === 0) {
    // A certificate says who we are without any.
    const needed = desired.certificateName === null || desired.filtering === 'ours';
    return needed ? [{ code: 'no-addresses', level: 'blocks', subjects: [] }] : [];
  }
  const subjects = desired.addresses.filter((address) => ourAddressFault(address) !== null);
  return subjects.length === 0 ? [] : [{ code: 'address-not-usable', level: 'blocks', subjects }];
}

/** A connector of somebody else's that takes all mail and refuses ours. */
export function restrictionFindings(
  others: readonly ExchangeConnector[],
  desired: DesiredExchange,
): readonly ExchangeFinding[] {
  const subjects = others
    .filter(({ enabled, type, senderDomains }) => {
      return enabled && type.toLowerCase() === 'partner' && senderDomains.includes('*');
    })
    .filter(({ restrictToAddresses, restrictToCertificate, senderAddresses, certificateName }) => {
      const refusesAddresses =
        restrictToAddresses &&
        !desired.addresses.every((address) => isCovered(address, senderAddresses));
      const refusesCertificate =
        restrictToCertificate &&
        certificateName.toLowerCase() !== (desired.certificateName ?? '').toLowerCase();
      return refusesAddresses || refusesCertificate;
    })
    .map(({ name }) => name);
  return subjects.length === 0 ? [] : [{ code: 'restricted-by-others', level: 'blocks', subjects }];
}

/** Rules and list entries that switch off the filter which Enhanced Filtering is to keep. */
export function bypassFindings(
  state: ExchangeState,
  desired: DesiredExchange,
  ownAddresses: readonly string[],
): readonly ExchangeFinding[] {
  if (desired.filtering !== 'enhanced') return [];
  const rules = (state.rules ?? []).filter(({ enabled, scl }) => enabled && scl === -1);
  const allowed = distinctRanges(state.allowedAddresses ?? []).filter(
    (entry) => !ownAddresses.includes(entry) && isTouched(entry, desired.addresses),
  );
  return [
    ...(rules.length === 0
      ? []
      : [
          {
            code: 'filter-switched-off',
            level: 'warns',
            subjects: rules.map(({ name }) => name),
          } as const,
        ]),
    ...(allowed.length === 0
      ? []
      : [{ code: 'allowed-by-others', level: 'warns', subjects: allowed } as const]),
  ];
}

export function roomFindings(
  list: readonly string[],
  missing: readonly string[],
): readonly ExchangeFinding[] {
  const room = Math.max(MAX_IP_LIST_ENTRIES - list.length, 0);
  return missing.length <= room
    ? []
    : [{ code: 'allow-list-full', level: 'blocks', subjects: missing, room }];
}
