import { TenantError, type TenantCredentials, type TenantDirectory } from '@holdfast/application';
import { createExchangeClient } from '../exchange/exchange-client.ts';
import { readListing } from '../exchange/exchange-recipients.ts';
import { failureOf, isPermissionFailure } from '../http/failure.ts';
import { createGraphClient, type GraphClient } from '../graph/graph-client.ts';
import { readRound } from '../graph/graph-delta.ts';
import * as graphSchema from '../graph/graph-schemas.ts';
import { readPurposes } from './mailbox-purposes.ts';
import { readMembers } from './memberships.ts';
import { settle, type TenantAdapterOptions } from '../http/options.ts';
import { preflight } from '../preflight/preflight.ts';
import { readDomains } from './tenant-domains.ts';
import { createTokenSource } from '../sign-in/token-source.ts';

/** Directory and health of a tenant over Microsoft Graph, completed by Exchange where the permission was given. */
export function createTenantDirectory(options: TenantAdapterOptions): TenantDirectory {
  const settings = settle(options);
  const tokens = createTokenSource(settings);
  const graph = createGraphClient(settings, tokens);
  const exchange = createExchangeClient(settings, tokens, graph);
  return {
    profile: (credentials) => readProfile(graph, credentials),
    domains: (credentials) => readDomains(graph, exchange, credentials),
    round: (credentials, collection, from, receiver) =>
      readRound(graph, settings, credentials, { collection, from }, receiver),
    listing: (credentials, listing, receive) =>
      ifPermitted(() => readListing(exchange, credentials, listing, receive)),
    members: (credentials, groups, receive) => readMembers(exchange, credentials, groups, receive),
    purposes: (credentials, userIds, receive) =>
      readPurposes(graph, settings, credentials, userIds, receive),
    preflight: (credentials, tiers, onItem) =>
      preflight({ settings, tokens, graph, exchange }, credentials, tiers, onItem),
  };
}

async function readProfile(
  graph: GraphClient,
  credentials: TenantCredentials,
): Promise<{ readonly displayName: string; readonly initialDomain: string }> {
  const query = { $select: 'id,displayName,verifiedDomains' };
  const [own] = await graph.list(credentials, '/organization', query, graphSchema.organisation);
  const initial = own?.verifiedDomains.find((domain) => domain.isInitial);
  if (own === undefined || initial === undefined)
    throw failureOf('unexpected', 'The tenant names no organisation or no initial domain.');
  return {
    displayName: own.displayName ?? initial.name,
    initialDomain: initial.name.toLowerCase(),
  };
}

/**
 * False without the permission. A busy or unreachable Exchange is an error instead: a half list would look like the
 * removal of every public folder.
 */
async function ifPermitted(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    const absent = error instanceof TenantError && error.failure.code === 'not-found';
    if (absent || isPermissionFailure(error)) return false;
    throw error;
  }
}
