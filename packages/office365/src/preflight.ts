import { TenantError, type PreflightItem, type TenantCredentials } from '@holdfast/application';
import { z } from 'zod';
import type { ExchangeClient } from './exchange-client.ts';
import type { GraphClient } from './graph-client.ts';
import * as graphSchema from './graph-schemas.ts';
import { readClaims } from './token-claims.ts';
import type { TokenSource } from './token-source.ts';

interface Parts {
  readonly tokens: TokenSource;
  readonly graph: GraphClient;
  readonly exchange: ExchangeClient;
}
type Check = PreflightItem['check'];

/** What does not work without it, for the administrator who decides what to consent to. */
const BLOCKS: Readonly<Record<Check, string>> = {
  'sign-in': 'Nothing works without it: Holdfast cannot read this tenant at all.',
  organisation: 'The name and the initial domain of the tenant cannot be shown.',
  domains: 'Holdfast cannot see which domains there are, nor where their mail goes.',
  users: 'Holdfast does not know who can receive mail or be protected.',
  'mailbox-kinds':
    'Shared mailboxes, rooms and users cannot be told apart; only accounts with a mailbox plan are offered.',
  exchange:
    'Public folders and dynamic groups stay unknown, so unknown recipients are never refused, and allow and block lists cannot be copied.',
  'mail-write': 'Mail sent during an event cannot be put into Sent Items afterwards.',
  'service-health': 'Microsoft’s own incident notices are not shown.',
};

/** Every check stands for itself: one missing permission does not hide the next. */
export async function preflight(
  parts: Parts,
  credentials: TenantCredentials,
): Promise<readonly PreflightItem[]> {
  const signIn = await item('sign-in', async () => {
    await parts.tokens.freshToken(credentials, 'graph');
    return 'Signed in.';
  });
  const rest = checks(parts, credentials);
  if (!signIn.ok) {
    const detail = 'Not checked, because the sign-in failed.';
    return [
      signIn,
      ...rest.map(([check]) => ({ check, ok: false, blocks: BLOCKS[check], detail })),
    ];
  }
  const items = [signIn];
  for (const [check, run] of rest) items.push(await item(check, run));
  return items;
}

async function item(check: Check, run: () => Promise<string>): Promise<PreflightItem> {
  try {
    return { check, ok: true, blocks: BLOCKS[check], detail: await run() };
  } catch (error) {
    if (!(error instanceof TenantError)) throw error;
    return { check, ok: false, blocks: BLOCKS[check], detail: error.failure.detail };
  }
}

function checks(
  { tokens, graph, exchange }: Parts,
  credentials: TenantCredentials,
): readonly (readonly [Check, () => Promise<string>])[] {
  const list = async <T>(
    path: string,
    select: string,
    schema: z.ZodType<T>,
  ): Promise<readonly T[]> => graph.list(credentials, path, { $select: select }, schema);
  return [
    [
      'organisation',
      async () => {
        const [own] = await list('/organization', 'id,displayName', graphSchema.organisation);
        return own?.displayName ?? 'Read.';
      },
    ],
    [
      'domains',
      async () => {
        const domains = await list('/domains', graphSchema.DOMAIN_FIELDS, graphSchema.domain);
        return `${domains.length} found.`;
      },
    ],
    [
      'users',
      async () => {
        await firstUser(graph, credentials);
        return 'Readable.';
      },
    ],
    [
      'mailbox-kinds',
      async () => {
        const id = await firstUser(graph, credentials);
        if (id !== null) await askPurpose(graph, credentials, id);
        return 'Readable.';
      },
    ],
    ['exchange', () => checkExchange(exchange, credentials)],
    ['mail-write', () => checkMailWrite(tokens, credentials)],
    [
      'service-health',
      async () => {
        const path = '/admin/serviceAnnouncement/healthOverviews';
        await list(path, 'id,status', graphSchema.serviceHealth);
        return 'Readable.';
      },
    ],
  ];
}

async function firstUser(
  graph: GraphClient,
  credentials: TenantCredentials,
): Promise<string | null> {
  const page = z.object({ value: z.array(z.object({ id: z.string() })) });
  const { value } = await graph.get(credentials, '/users', { $top: '1', $select: 'id' }, page);
  return value[0]?.id ?? null;
}

/** A user without a mailbox (404) shows just as well that we may ask. */
async function askPurpose(
  graph: GraphClient,
  credentials: TenantCredentials,
  id: string,
): Promise<void> {
  try {
    const path = `/users/${encodeURIComponent(id)}/mailboxSettings`;
    await graph.get(credentials, path, { $select: 'userPurpose' }, graphSchema.mailboxSettings);
  } catch (error) {
    if (!(error instanceof TenantError) || error.failure.code !== 'not-found') throw error;
  }
}

async function checkExchange(
  exchange: ExchangeClient,
  credentials: TenantCredentials,
): Promise<string> {
  const item = z.unknown();
  const one = { ResultSize: 1 };
  await exchange.invoke(credentials, {
    name: 'Get-Recipient',
    parameters: one,
    select: ['Guid'],
    item,
  });
  const policy = { Identity: 'Default' };
  await exchange.invoke(credentials, {
    name: 'Get-HostedConnectionFilterPolicy',
    parameters: policy,
    select: [],
    item,
  });
  return 'Recipients and filter policies are readable.';
}

/** Writing cannot be tried without writing, so the token's own list of permissions is read. */
async function checkMailWrite(
  tokens: TokenSource,
  credentials: TenantCredentials,
): Promise<string> {
  const { roles: granted } = readClaims(await tokens.freshToken(credentials, 'graph'));
  if (granted.includes('Mail.ReadWrite')) return 'Mail.ReadWrite is granted.';
  throw new TenantError({
    code: 'forbidden',
    detail:
      'Mail.ReadWrite is not in the consent. A grant limited to some mailboxes (RBAC for Applications) does not show here.',
    retryAfter: null,
  });
}
