import type {
  FolderChanges,
  MailboxReading,
  Meeting,
  PersonalContact,
  TenantCredentials,
  TenantMessage,
} from '@holdfast/application';
import type { TenantFolder, WellKnownFolder } from '@holdfast/domain';
import { z } from 'zod';
import { failureOf, parseJson } from '../http/failure.ts';
import { createMailboxClient, type MailboxClient } from './mailbox-client.ts';
import { change, collection, contact, event, folder, isFlagged } from './mailbox-schemas.ts';
import { settle, type TenantAdapterOptions } from '../http/options.ts';
import { createTokenSource } from '../sign-in/token-source.ts';

/** Names that Graph takes in place of an id. */
const WELL_KNOWN: readonly WellKnownFolder[] = [
  'inbox',
  'sentitems',
  'drafts',
  'archive',
  'deleteditems',
  'junkemail',
  'outbox',
  'conversationhistory',
  'syncissues',
];
const FOLDERS_AT_ONCE = 250;
const MESSAGES_AT_ONCE = 100;
const LISTED_AT_ONCE = 500;
const MEETINGS_AT_ONCE = 200;
const CONTACTS_AT_ONCE = 250;
/** Folders of one mailbox, and pages of one listing; beyond it the far end goes in circles. */
const MAX_FOLDERS = 5_000;
const MAX_PAGES = 100;
const FOLDER_FIELDS = 'id,displayName,parentFolderId,childFolderCount,isHidden';
const MESSAGE_FIELDS = 'id,internetMessageId,receivedDateTime,isRead,isDraft,flag';
const EVENT_FIELDS =
  'id,subject,bodyPreview,start,end,isAllDay,isCancelled,location,onlineMeeting,onlineMeetingUrl,organizer,sensitivity';

export function createMailboxReading(options: TenantAdapterOptions): MailboxReading {
  const settings = settle(options);
  const client = createMailboxClient(settings, createTokenSource(settings));
  return {
    folders: (credentials, mailbox) => readFolders(client, credentials, rootOf(mailbox)),
    changes: (credentials, mailbox, folderId, from) =>
      readChanges(
        client,
        credentials,
        `${rootOf(mailbox)}/mailFolders/${encodeURIComponent(folderId)}`,
        from,
      ),
    received: (credentials, mailbox, folderId, time) =>
      readReceived(
        client,
        credentials,
        `${rootOf(mailbox)}/mailFolders/${encodeURIComponent(folderId)}/messages`,
        time,
      ),
    content: (credentials, mailbox, externalId, limit) =>
      client.bytes(
        credentials,
        `${rootOf(mailbox)}/messages/${encodeURIComponent(externalId)}/$value`,
        limit,
      ),
    meetings: (credentials, mailbox, from, to) =>
      readMeetings(client, credentials, rootOf(mailbox), from, to),
    contacts: (credentials, mailbox) => readContacts(client, credentials, rootOf(mailbox)),
  };
}

function rootOf(mailbox: string): string {
  return `/users/${encodeURIComponent(mailbox)}`;
}

/** Which folders are which is asked by their names in Graph: what people see is in their language. */
async function readFolders(
  client: MailboxClient,
  credentials: TenantCredentials,
  root: string,
): ReturnType<MailboxReading['folders']> {
  const named = await wellKnownIds(client, credentials, root);
  const found: (TenantFolder & { readonly name: string })[] = [];
  const waiting = [`${root}/mailFolders`];
  for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
    const query = `?$select=${FOLDER_FIELDS}&$top=${FOLDERS_AT_ONCE}`;
    for (const entry of await listAll(client, credentials, `${address}${query}`, folder, [])) {
      const { id, parentFolderId, displayName, childFolderCount, isHidden } = entry;
      found.push({
        id,
        parentId: parentFolderId,
        wellKnown: named.get(id) ?? null,
        isHidden,
        name: displayName ?? '',
      });
      if ((childFolderCount ?? 0) > 0)
        waiting.push(`${root}/mailFolders/${encodeURIComponent(id)}/childFolders`);
    }
    if (found.length > MAX_FOLDERS)
      throw failureOf('unexpected', `The mailbox has more than ${MAX_FOLDERS} folders.`);
  }
  return found;
}

const batchAnswer = z.object({
  responses: z.array(
    z.object({ id: z.coerce.string(), status: z.coerce.number(), body: z.unknown() }),
  ),
});

/** A folder that a mailbox does not have (no archive, no conversations) is a 404 in the batch, and no fault. */
async function wellKnownIds(
  client: MailboxClient,
  credentials: TenantCredentials,
  root: string,
): Promise<ReadonlyMap<string, WellKnownFolder>> {
  const requests = WELL_KNOWN.map((name) => ({
    id: name,
    method: 'GET',
    url: `${root}/mailFolders/${name}?$select=id`,
  }));
  const answer = await client.ask(credentials, {
    method: 'POST',
    address: '/$batch',
    prefer: [],
    body: { requests },
  });
  const { responses } = read(batchAnswer, answer.text);
  const ids = new Map<string, WellKnownFolder>();
  for (const name of WELL_KNOWN) {
    const part = responses.find(({ id }) => id === name);
    const status = part?.status ?? 502;
    if (status === 200) ids.set(readValue(z.object({ id: z.string() }), part?.body).id, name);
    else if (status !== 404 || name === 'inbox') {
      // Without the Inbox there is no mailbox, and the others' answers say why.
      await client.ask(credentials, {
        method: 'GET',
        address: `${root}/mailFolders/${name}?$select=id`,
        prefer: [],
      });
      throw failureOf('unavailable', `The folder ${name} was not told (${status}).`);
    }
  }
  return ids;
}

async function readChanges(
  client: MailboxClient,
  credentials: TenantCredentials,
  root: string,
  from: Parameters<MailboxReading['changes']>[3],
): Promise<FolderChanges | null> {
  const address =
    'link' in from
      ? from.link
      : `${root}/messages/delta?$select=${MESSAGE_FIELDS}&$filter=${encodeURIComponent(
          `receivedDateTime ge ${new Date(from.receivedSince).toISOString()}`,
        )}`;
  const prefer = [`odata.maxpagesize=${MESSAGES_AT_ONCE}`];
  const answer = await client.ask(credentials, { method: 'GET', address, prefer });
  if (answer.status === 410) return null;
  const page = read(collection, answer.text);
  const link = page['@odata.deltaLink'] ?? page['@odata.nextLink'];
  if (link === null) throw failureOf('unexpected', 'A delta has no link to go on with.');
  const messages: TenantMessage[] = [];
  const removed: string[] = [];
  for (const entry of page.value) {
    const one = readValue(change, entry);
    if (one['@removed'] !== undefined) removed.push(one.id);
    else messages.push(messageOf(one));
  }
  return { messages, removed, link, isWhole: page['@odata.deltaLink'] !== null };
}

/** Sorted by what it is filtered by, as Graph wants it (reference 2.1: combined queries). */
async function readReceived(
  client: MailboxClient,
  credentials: TenantCredentials,
  path: string,
  { since, until }: Parameters<MailboxReading['received']>[3],
): ReturnType<MailboxReading['received']> {
  const [from, to] = [since, until].map((at) => new Date(at).toISOString());
  const filter = `receivedDateTime ge ${from} and receivedDateTime le ${to}`;
  const query = `$select=${MESSAGE_FIELDS}&$filter=${encodeURIComponent(filter)}&$orderby=receivedDateTime%20desc&$top=${LISTED_AT_ONCE}`;
  const answer = await client.ask(credentials, {
    method: 'GET',
    address: `${path}?${query}`,
    prefer: [],
  });
  const page = read(collection, answer.text);
  const messages = page.value.map((entry) => messageOf(readValue(change, entry)));
  return { messages, isWhole: page['@odata.nextLink'] === null };
}

function messageOf(one: z.infer<typeof change>): TenantMessage {
  const receivedAt = Date.parse(one.receivedDateTime ?? '');
  if (Number.isNaN(receivedAt)) throw failureOf('unexpected', 'A message has no time of receipt.');
  return {
    externalId: one.id,
    messageId: one.internetMessageId,
    receivedAt,
    isRead: one.isRead,
    isDraft: one.isDraft,
    isFlagged: isFlagged(one.flag),
  };
}

async function readMeetings(
  client: MailboxClient,
  credentials: TenantCredentials,
  root: string,
  from: number,
  to: number,
): Promise<readonly Meeting[]> {
  const query = [
    `startDateTime=${new Date(from).toISOString()}`,
    `endDateTime=${new Date(to).toISOString()}`,
    `$select=${EVENT_FIELDS}`,
    `$top=${MEETINGS_AT_ONCE}`,
  ].join('&');
  const address = `${root}/calendarView?${query}`;
  const events = await listAll(client, credentials, address, event, ['outlook.timezone="UTC"']);
  return events.map(meetingOf).toSorted((a, b) => a.start - b.start);
}

async function readContacts(
  client: MailboxClient,
  credentials: TenantCredentials,
  root: string,
): Promise<readonly PersonalContact[]> {
  const address = `${root}/contacts?$select=id,displayName,emailAddresses&$top=${CONTACTS_AT_ONCE}`;
  const rows = await listAll(client, credentials, address, contact, []);
  return rows.flatMap(({ displayName, emailAddresses }) => {
    const addresses = emailAddresses
      .flatMap((one) => one.address ?? [])
      .filter((one) => one !== '');
    return addresses.length === 0 ? [] : [{ name: displayName ?? '', addresses }];
  });
}

function meetingOf(one: z.infer<typeof event>): Meeting {
  const organizer = one.organizer?.emailAddress;
  return {
    id: one.id,
    subject: one.subject ?? '',
    start: utc(one.start.dateTime),
    end: utc(one.end.dateTime),
    isAllDay: one.isAllDay,
    isCancelled: one.isCancelled,
    location: one.location?.displayName ?? '',
    joinUrl: webLink(one.onlineMeeting?.joinUrl ?? one.onlineMeetingUrl),
    organizer:
      organizer === null || organizer === undefined
        ? null
        : { name: organizer.name ?? '', address: organizer.address ?? '' },
    isPrivate: ['private', 'confidential'].includes(one.sensitivity?.toLowerCase() ?? ''),
    notes: one.bodyPreview ?? '',
  };
}

/** Asked for in UTC, and written without saying so. */
function utc(dateTime: string): number {
  const at = Date.parse(/(?:Z|[+-]\d\d:\d\d)$/.test(dateTime) ? dateTime : `${dateTime}Z`);
  if (Number.isNaN(at)) throw failureOf('unexpected', 'A meeting has no time.');
  return at;
}

/** It is put behind a button: nothing but the web. */
function webLink(link: string | null): string | null {
  return link !== null && URL.canParse(link) && new URL(link).protocol === 'https:' ? link : null;
}

async function listAll<T>(
  client: MailboxClient,
  credentials: TenantCredentials,
  first: string,
  item: z.ZodType<T>,
  prefer: readonly string[],
): Promise<readonly T[]> {
  const items: T[] = [];
  let address: string | null = first;
  for (let pages = 0; address !== null; pages += 1) {
    if (pages >= MAX_PAGES) throw failureOf('unexpected', 'The pages of a mailbox do not end.');
    const answer = await client.ask(credentials, { method: 'GET', address, prefer });
    const page = read(collection, answer.text);
    items.push(...page.value.map((entry) => readValue(item, entry)));
    address = page['@odata.nextLink'];
  }
  return items;
}

function read<T>(schema: z.ZodType<T>, text: string): T {
  return readValue(schema, parseJson(text));
}

function readValue<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw failureOf(
    'unexpected',
    `mailbox: ${issue?.path.join('.')} ${issue?.message ?? 'unreadable'}`,
  );
}
