import { TenantError } from '@holdfast/application';
import { missingPermissions } from '@holdfast/domain';
import { z } from 'zod';
import { readClaims } from '../sign-in/token-claims.ts';
import { attention, blocked, ok, type Check } from './finding.ts';
import { firstOf } from './read-checks.ts';

/** The first users may have no mailbox; so many are tried. */
const USERS_TRIED = 10;

const inbox = z.object({ id: z.string() });

export const permissionsMailbox: Check = async ({ tokens, credentials }) => {
  const { roles } = readClaims(await tokens.freshToken(credentials, 'graph'));
  const missing = missingPermissions(['mailbox'], { graph: roles, exchange: [] });
  if (missing.length === 0) return ok('All granted, for every mailbox of the tenant.');
  return attention(
    `Not granted for the whole tenant: ${missing.map(({ name }) => name).join(', ')}. A grant for some mailboxes (RBAC for Applications) does not show in the token.`,
  );
};

/** Whether a mailbox really opens: a policy may refuse what is granted (reference 1.4). */
export const mailboxRead: Check = async ({ graph, credentials }) => {
  let refusal: TenantError | null = null;
  for (const id of await firstOf(graph, credentials, '/users', USERS_TRIED)) {
    try {
      const path = `/users/${encodeURIComponent(id)}/mailFolders/inbox`;
      await graph.get(credentials, path, { $select: 'id' }, inbox);
      return ok('A mailbox opens.');
    } catch (error) {
      if (!(error instanceof TenantError)) throw error;
      const { code } = error.failure;
      if (code !== 'not-found' && code !== 'forbidden') throw error;
      if (code === 'forbidden') refusal = error;
    }
  }
  return refusal === null
    ? attention('None of the first users has a mailbox; nothing could be tried.')
    : blocked(refusal.failure.detail);
};
