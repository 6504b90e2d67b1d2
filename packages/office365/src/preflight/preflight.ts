import type { TenantCredentials } from '@holdfast/application';
import {
  emptyPreflight,
  isTenantCheck,
  PREFLIGHT_CHECKS,
  withItem,
  type PermissionTier,
  type PreflightItem,
  type TenantPreflightCheck,
} from '@holdfast/domain';
import { readExchangeState } from '../exchange/exchange-state.ts';
import * as exchange from './exchange-checks.ts';
import {
  findingOf,
  found,
  type Check,
  type Finding,
  type PreflightParts,
  type PreflightRun,
} from './finding.ts';
import * as mailbox from './mailbox-checks.ts';
import * as read from './read-checks.ts';

const CHECKS: Readonly<Record<TenantPreflightCheck, Check>> = {
  'sign-in': read.signIn,
  'permissions-read': read.permissionsRead,
  organisation: read.organisation,
  domains: read.domains,
  users: read.users,
  'mailbox-kinds': read.mailboxKinds,
  groups: read.groups,
  contacts: read.contacts,
  'service-health': read.serviceHealth,
  'permissions-configure': exchange.permissionsConfigure,
  'exchange-cmdlets': exchange.exchangeCmdlets,
  'direct-send': exchange.directSend,
  customization: exchange.customization,
  connectors: exchange.connectors,
  'transport-rules': exchange.transportRules,
  'domain-types': exchange.domainTypes,
  'message-trace': exchange.messageTrace,
  'permissions-mailbox': mailbox.permissionsMailbox,
  'mailbox-read': mailbox.mailboxRead,
};

/** Every check stands for itself: one missing permission does not hide the next. Only a failed sign-in ends them all. */
export async function preflight(
  parts: PreflightParts,
  credentials: TenantCredentials,
  tiers: readonly PermissionTier[],
  onItem: (item: PreflightItem) => Promise<void>,
): Promise<readonly PreflightItem[]> {
  let state: ReturnType<PreflightRun['exchangeState']> | null = null;
  const run: PreflightRun = {
    ...parts,
    credentials,
    tiers,
    exchangeState: () => (state ??= readExchangeState(parts.exchange, credentials)),
  };
  let items: readonly PreflightItem[] = emptyPreflight(tiers).filter((item) =>
    isTenantCheck(item.check),
  );
  let signedIn = true;
  for (const { check, tier } of PREFLIGHT_CHECKS) {
    if (!isTenantCheck(check) || !tiers.includes(tier)) continue;
    const finding: Finding = signedIn
      ? await CHECKS[check](run).catch(findingOf)
      : found('not-checked', 'The sign-in failed.');
    if (check === 'sign-in') signedIn = finding.result === 'ok';
    const item = { check, ...finding };
    items = withItem(items, item);
    await onItem(item);
  }
  return items;
}
