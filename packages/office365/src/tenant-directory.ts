import {
  TenantError,
  type DirectoryReading,
  type TenantCredentials,
  type TenantDirectory,
  type TenantDomainWithRoute,
  type TenantObject,
} from '@holdfast/application';
import type { MxRecord } from '@holdfast/domain';
import { createExchangeClient, type ExchangeClient } from './exchange-client.ts';
import { listRecipients, type ExchangeRecipient } from './exchange-recipients.ts';
import { failureOf, graphFailure, isPermissionFailure, parseJson } from './failure.ts';
import { createGraphClient, type GraphClient } from './graph-client.ts';
import * as graphSchema from './graph-schemas.ts';
import { readMemberships } from './memberships.ts';
import { settle, type TenantAdapterOptions } from './options.ts';
import { preflight } from './preflight.ts';
import {
  groupToObject,
  mergeObjects,
  userToObject,
  type MailboxPurpose,
} from './tenant-objects.ts';
import { createTokenSource } from './token-source.ts';

/** Graph's largest page of directory objects. */
const PAGE_SIZE = '999';

/** Directory and health of a tenant over Microsoft Graph, completed by Exchange where the permission was given. */
export function createTenantDirectory(options: TenantAdapterOptions): TenantDirectory {
  const settings = settle(options);
  const tokens = createTokenSource(settings);
  const graph = createGraphClient(settings, tokens);
  const exchange = createExchangeClient(settings, tokens, graph);
  const { clock } = settings;
  return {
    domains: (credentials) => readDomains(graph, credentials),
    profile: (credentials) => readProfile(graph, credentials),
    read: (credentials, progress) => readDirectory(graph, exchange, credentials, progress),
    preflight: (credentials) => preflight({ tokens, graph, exchange }, credentials),
    async probeSignIn(credentials) {
      const started = clock.now();
      await tokens.freshToken(credentials, 'graph');
      return { latency: clock.now() - started };
    },
    async probeMailbox(credentials, address) {
      // The token is not what is measured: a cached one will do.
      await tokens.token(credentials, 'graph');
      const started = clock.now();
      const path = `/users/${encodeURIComponent(address)}/mailFolders/inbox`;
      const query = { $select: 'id,totalItemCount' };
      const asked = { method: 'GET', path, query, patient: false } as const;
      await graph.send(credentials, asked, graphSchema.inboxCount);
      return { latency: clock.now() - started };
    },
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

async function readDirectory(
  graph: GraphClient,
  exchange: ExchangeClient,
  credentials: TenantCredentials,
  progress: (seen: number) => void,
): Promise<DirectoryReading> {
  let seen = 0;
  const count = (more: number): void => progress((seen += more));
  const onPage = (items: readonly unknown[]): void => count(items.length);
  const domains = await readDomains(graph, credentials);
  const { user, group, USER_FIELDS, GROUP_FIELDS, CONTACT_FIELDS } = graphSchema;
  const list = { $top: PAGE_SIZE };
  const users = await graph.list(
    credentials,
    '/users',
    { ...list, $select: USER_FIELDS },
    user,
    onPage,
  );
  const groupQuery = { ...list, $select: GROUP_FIELDS, $filter: 'mailEnabled eq true' };
  const groups = await graph.list(credentials, '/groups', groupQuery, group, onPage);
  const contactQuery = { ...list, $select: CONTACT_FIELDS };
  const contacts = await graph.list(credentials, '/contacts', contactQuery, group, onPage);
  const recipients = await recipientsIfPermitted(exchange, credentials, count);
  const classified = new Set(recipients?.map((entry) => entry.graphId));
  const asked = users.filter((entry) => entry.userType !== 'guest' && !classified.has(entry.id));
  const purposes = await readPurposes(graph, credentials, asked);
  const fromGraph = [
    // Classified by Exchange: `user` stands in until `mergeObjects` takes Exchange's word.
    ...users.map((entry) =>
      userToObject(entry, classified.has(entry.id) ? 'user' : (purposes.get(entry.id) ?? null)),
    ),
    ...groups.map((entry) => groupToObject(entry, 'group')),
    ...contacts.map((entry) => groupToObject(entry, 'contact')),
  ].filter((object): object is TenantObject => object !== null);
  if (recipients === null) return { domains, objects: fromGraph, memberships: [], complete: false };
  return {
    domains,
    objects: mergeObjects(fromGraph, recipients),
    memberships: await readMemberships(exchange, credentials, recipients),
    complete: true,
  };
}

async function readDomains(
  graph: GraphClient,
  credentials: TenantCredentials,
): Promise<readonly TenantDomainWithRoute[]> {
  const query = { $select: graphSchema.DOMAIN_FIELDS };
  const rows = await graph.list(credentials, '/domains', query, graphSchema.domain);
  const domains: TenantDomainWithRoute[] = [];
  for (const row of rows) {
    const carriesMail = row.supportedServices.some((service) => service.toLowerCase() === 'email');
    const mx = carriesMail && row.isVerified ? await readRoute(graph, credentials, row.id) : [];
    const { isInitial, isVerified } = row;
    domains.push({ name: row.id.toLowerCase(), isInitial, isVerified, carriesMail, mx });
  }
  return domains;
}

/** Microsoft's only source of truth for where a domain's mail goes (MC1048624); never built from the name. */
async function readRoute(
  graph: GraphClient,
  credentials: TenantCredentials,
  domain: string,
): Promise<readonly MxRecord[]> {
  const path = `/domains/${encodeURIComponent(domain)}/serviceConfigurationRecords`;
  const records = await graph.list(credentials, path, {}, graphSchema.serviceRecord);
  return records
    .filter((record) => record.recordType === 'mx' && record.supportedService === 'email')
    .map((record) => ({
      exchange: (record.mailExchange ?? '').toLowerCase().replace(/\.$/, ''),
      preference: record.preference,
    }))
    .filter((record) => record.exchange !== '')
    .sort((a, b) => a.preference - b.preference);
}

/**
 * Null without the permission. A busy or unreachable Exchange is an error instead: a half list would look like the
 * removal of every public folder.
 */
async function recipientsIfPermitted(
  exchange: ExchangeClient,
  credentials: TenantCredentials,
  progress: (more: number) => void,
): Promise<readonly ExchangeRecipient[] | null> {
  try {
    return await listRecipients(exchange, credentials, progress);
  } catch (error) {
    const absent = error instanceof TenantError && error.failure.code === 'not-found';
    if (absent || isPermissionFailure(error)) return null;
    throw error;
  }
}

/** What each mailbox is for, by user id. Users whose answer is "forbidden" are absent. */
async function readPurposes(
  graph: GraphClient,
  credentials: TenantCredentials,
  users: readonly graphSchema.GraphUser[],
): Promise<ReadonlyMap<string, MailboxPurpose>> {
  const purposes = new Map<string, MailboxPurpose>();
  const withMail = users.filter((user) => user.mail !== null || user.proxyAddresses.length > 0);
  const paths = withMail.map(
    (user) => `/users/${encodeURIComponent(user.id)}/mailboxSettings?$select=userPurpose`,
  );
  const answers = await graph.batchGet(credentials, paths);
  for (const [position, answer] of answers.entries()) {
    const user = withMail[position];
    if (user === undefined || answer.status === 403) continue;
    // 404 MailboxNotEnabledForRESTAPI: no plan, or a mailbox that is not in the cloud.
    if (answer.status === 404) purposes.set(user.id, 'none');
    else if (answer.status !== 200) throw graphFailure(answer);
    else {
      const settings = graphSchema.mailboxSettings.safeParse(parseJson(answer.text));
      purposes.set(user.id, settings.data?.userPurpose ?? null);
    }
  }
  return purposes;
}
