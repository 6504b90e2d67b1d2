import { TenantError } from '@holdfast/application';
import { missingPermissions } from '@holdfast/domain';
import { z } from 'zod';
import type { GraphClient } from '../graph/graph-client.ts';
import * as graphSchema from '../graph/graph-schemas.ts';
import { readClaims } from '../sign-in/token-claims.ts';
import { attention, blocked, ok, type Check, type PreflightRun } from './finding.ts';

const anyPage = z.object({ value: z.array(z.object({ id: z.string() })) });

/** What the tier `read` needs; each permission is shown by using it. */
export const signIn: Check = async ({ tokens, credentials }) => {
  await tokens.freshToken(credentials, 'graph');
  return ok('Signed in.');
};

export const permissionsRead: Check = async (run) => {
  const { roles } = readClaims(await run.tokens.freshToken(run.credentials, 'graph'));
  const missing = missingPermissions(['read'], { graph: roles, exchange: [] });
  return missing.length === 0
    ? ok('All granted.')
    : blocked(`Not granted: ${missing.map(({ name }) => name).join(', ')}.`);
};

export const organisation: Check = async ({ graph, credentials }) => {
  const query = { $select: 'id,displayName,verifiedDomains' };
  const [own] = await graph.list(credentials, '/organization', query, graphSchema.organisation);
  return ok(own?.displayName ?? '');
};

export const domains: Check = async ({ graph, credentials }) => {
  const query = { $select: graphSchema.DOMAIN_FIELDS };
  const all = await graph.list(credentials, '/domains', query, graphSchema.domain);
  const carrying = all.filter(
    (domain) =>
      domain.isVerified && !domain.isInitial && domain.supportedServices.includes('Email'),
  );
  return carrying.length === 0
    ? attention('No verified domain besides the initial one carries mail.')
    : ok(carrying.map(({ id }) => id).join(', '));
};

export const users: Check = async ({ graph, credentials }) => {
  await firstOf(graph, credentials, '/users');
  return ok();
};

export const groups: Check = async ({ graph, credentials }) => {
  await firstOf(graph, credentials, '/groups');
  return ok();
};

export const contacts: Check = async ({ graph, credentials }) => {
  await firstOf(graph, credentials, '/contacts');
  return ok();
};

/** A user without a mailbox (404) shows just as well that we may ask. */
export const mailboxKinds: Check = async ({ graph, credentials }) => {
  const [id] = await firstOf(graph, credentials, '/users');
  if (id === undefined) return ok('There are no users yet.');
  try {
    const path = `/users/${encodeURIComponent(id)}/mailboxSettings`;
    await graph.get(credentials, path, { $select: 'userPurpose' }, graphSchema.mailboxSettings);
  } catch (error) {
    if (!(error instanceof TenantError) || error.failure.code !== 'not-found') throw error;
  }
  return ok();
};

export const serviceHealth: Check = async ({ graph, credentials }) => {
  const query = { $select: 'id,status' };
  const path = '/admin/serviceAnnouncement/healthOverviews';
  await graph.list(credentials, path, query, graphSchema.serviceHealth);
  return ok();
};

/** Ids of some objects, as few as Graph gives at a time. */
export async function firstOf(
  graph: GraphClient,
  credentials: PreflightRun['credentials'],
  path: string,
  count = 1,
): Promise<readonly string[]> {
  const query = { $top: String(count), $select: 'id' };
  const { value } = await graph.get(credentials, path, query, anyPage);
  return value.map(({ id }) => id);
}
