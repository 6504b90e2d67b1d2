import type { MailboxRecovery, TenantCopy, TenantCredentials } from '@holdfast/application';
import type { WellKnownFolder } from '@holdfast/domain';
import { failureOf, parseJson } from '../http/failure.ts';
import { createMailboxClient, type MailboxClient } from './mailbox-client.ts';
import { collection, folder, isFlagged, received } from './mailbox-schemas.ts';
import { settle, type TenantAdapterOptions } from '../http/options.ts';
import { bracketed } from './sent-message.ts';
import { createTokenSource } from '../sign-in/token-source.ts';

const FIELDS = 'id,isRead,isDraft,flag,parentFolderId,createdDateTime,lastModifiedDateTime';
/** Places a message is moved to and from; asked for by name, so that ids can be told apart. */
const PLACES: readonly WellKnownFolder[] = [
  'inbox',
  'archive',
  'deleteditems',
  'junkemail',
  'sentitems',
];
const MOST_FOUND = 10;

/** Carries back what was done with received mail during an event. */
export function createMailboxRecovery(options: TenantAdapterOptions): MailboxRecovery {
  const settings = settle(options);
  const client = createMailboxClient(settings, createTokenSource(settings));
  const rootOf = (mailbox: string): string => `/users/${encodeURIComponent(mailbox)}`;
  const message = (mailbox: string, id: string): string =>
    `${rootOf(mailbox)}/messages/${encodeURIComponent(id)}`;
  return {
    findReceived: (credentials, mailbox, messageId) =>
      find(client, credentials, rootOf(mailbox), messageId),
    mark: async (credentials, mailbox, externalId, { isRead, isFlagged: flagged }) => {
      await client.ask(credentials, {
        method: 'PATCH',
        address: message(mailbox, externalId),
        prefer: [],
        body: {
          ...(isRead === undefined ? {} : { isRead }),
          ...(flagged === undefined
            ? {}
            : { flag: { flagStatus: flagged ? 'flagged' : 'notFlagged' } }),
        },
      });
    },
    move: async (credentials, mailbox, externalId, destinationId) => {
      await client.ask(credentials, {
        method: 'POST',
        address: `${message(mailbox, externalId)}/move`,
        prefer: [],
        body: { destinationId },
      });
    },
  };
}

/** The value is quoted for OData, a quote by doubling it, and encoded once (reference 5f). */
async function find(
  client: MailboxClient,
  credentials: TenantCredentials,
  root: string,
  messageId: string,
): Promise<readonly TenantCopy[]> {
  const quoted = bracketed(messageId).replaceAll("'", "''");
  const filter = encodeURIComponent(`internetMessageId eq '${quoted}'`);
  const answer = await client.ask(credentials, {
    method: 'GET',
    address: `${root}/messages?$filter=${filter}&$select=${FIELDS}&$top=${MOST_FOUND}`,
    prefer: [],
  });
  const rows = parse(answer.text).filter(({ isDraft }) => !isDraft);
  if (rows.length === 0) return [];
  const places = await placesOf(client, credentials, root);
  return rows.flatMap((row) => {
    const place = places.get(row.parentFolderId ?? '') ?? null;
    if (place === 'sentitems') return [];
    return [
      {
        externalId: row.id,
        isRead: row.isRead,
        isFlagged: isFlagged(row.flag),
        folder: place,
        createdAt: row.createdDateTime,
        changedAt: row.lastModifiedDateTime,
      },
    ];
  });
}

function parse(text: string) {
  const page = collection.safeParse(parseJson(text));
  if (!page.success) throw failureOf('unexpected', 'A search for a message cannot be read.');
  return page.data.value.map((entry) => {
    const row = received.safeParse(entry);
    if (!row.success) throw failureOf('unexpected', 'A message that was found cannot be read.');
    return row.data;
  });
}

async function placesOf(
  client: MailboxClient,
  credentials: TenantCredentials,
  root: string,
): Promise<ReadonlyMap<string, WellKnownFolder>> {
  const ids = new Map<string, WellKnownFolder>();
  for (const name of PLACES) {
    try {
      const answer = await client.ask(credentials, {
        method: 'GET',
        address: `${root}/mailFolders/${name}?$select=id`,
        prefer: [],
      });
      const found = folder.safeParse(parseJson(answer.text));
      if (found.success) ids.set(found.data.id, name);
    } catch (error) {
      // Not every mailbox has an archive.
      if (name !== 'archive') throw error;
    }
  }
  return ids;
}
