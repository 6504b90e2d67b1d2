import type { ExchangeAdministration, TenantCredentials } from '@holdfast/application';
import { parseIpRange } from '@holdfast/domain';
import { z } from 'zod';
import { createExchangeClient, type ExchangeClient } from './exchange-client.ts';
import { connectionPolicy } from './exchange-lists.ts';
import { createExchangeInvocation } from './exchange-invocation.ts';
import { readExchangeState } from './exchange-state.ts';
import { failureOf } from './failure.ts';
import { createGraphClient } from './graph-client.ts';
import { settle, type TenantAdapterOptions } from './options.ts';
import { createTokenSource } from './token-source.ts';

/** Entries that Office 365 takes in one IP list (Set-HostedConnectionFilterPolicy). */
export const MAX_IP_LIST_ENTRIES = 1273;

/** The Office 365 side of mail flow, by Exchange cmdlets. */
export function createExchangeAdministration(
  options: TenantAdapterOptions,
): ExchangeAdministration {
  const settings = settle(options);
  const tokens = createTokenSource(settings);
  const graph = createGraphClient(settings, tokens);
  const exchange = createExchangeClient(settings, tokens, graph);
  return {
    ...createExchangeInvocation(exchange),
    readState: (credentials) => readExchangeState(exchange, credentials),
    allowAddresses: (credentials, ranges) => allowAddresses(exchange, credentials, ranges),
  };
}

function connectionPolicies(
  exchange: ExchangeClient,
  credentials: TenantCredentials,
): Promise<readonly z.infer<typeof connectionPolicy>[]> {
  return exchange.invoke(credentials, {
    name: 'Get-HostedConnectionFilterPolicy',
    parameters: { Identity: 'Default' },
    select: [],
    item: connectionPolicy,
  });
}

async function allowAddresses(
  exchange: ExchangeClient,
  credentials: TenantCredentials,
  ranges: readonly string[],
): Promise<{ readonly added: readonly string[]; readonly alreadyThere: readonly string[] }> {
  const wanted = [...new Set(ranges.map((range) => range.trim()))];
  for (const range of wanted) checkRange(range);
  const before = await allowedNow(exchange, credentials);
  const missing = wanted.filter((range) => !isCovered(range, before));
  const alreadyThere = wanted.filter((range) => isCovered(range, before));
  if (missing.length === 0) return { added: [], alreadyThere };
  if (before.length + missing.length > MAX_IP_LIST_ENTRIES) {
    const room = Math.max(MAX_IP_LIST_ENTRIES - before.length, 0);
    throw failureOf(
      'unexpected',
      `The IP allow list has room for ${room} more entries and ${missing.length} are needed. Remove entries that are no longer used, or join neighbouring addresses to networks.`,
    );
  }
  await exchange.invoke(credentials, {
    name: 'Set-HostedConnectionFilterPolicy',
    parameters: {
      Identity: 'Default',
      IPAllowList: { add: missing, remove: [] },
    },
    select: [],
    item: z.unknown(),
  });
  const after = await allowedNow(exchange, credentials);
  const lost = missing.filter((range) => !isCovered(range, after));
  if (lost.length > 0) {
    throw failureOf(
      'unexpected',
      `Office 365 took the change but does not show ${lost.join(', ')}. Try again in a few minutes.`,
    );
  }
  return { added: missing, alreadyThere };
}

async function allowedNow(
  exchange: ExchangeClient,
  credentials: TenantCredentials,
): Promise<readonly string[]> {
  const [policy] = await connectionPolicies(exchange, credentials);
  return policy?.IPAllowList ?? [];
}

/** Office 365 takes single IPv4 addresses and networks from /24 to /32, nothing else. */
function checkRange(range: string): void {
  const [, length] = /^[\d.]+(?:\/(\d{1,2}))?$/.exec(range) ?? [];
  const readable = /^[\d.]+(?:\/\d{1,2})?$/.test(range) && parseIpRange(range) !== null;
  if (readable && (length === undefined || Number(length) >= 24)) return;
  throw failureOf(
    'unexpected',
    `"${range}" cannot be put on the IP allow list: Office 365 takes single IPv4 addresses and networks from /24 to /32. Write a wider network as several /24.`,
  );
}

/** `203.0.113.7` and `203.0.113.7/32` are the same, and a network there already covers its addresses. */
function isCovered(range: string, list: readonly string[]): boolean {
  const wanted = parseIpRange(range);
  return (
    wanted !== null &&
    list.some((entry) => {
      const there = parseIpRange(entry);
      return there !== null && there.first <= wanted.first && there.last >= wanted.last;
    })
  );
}
