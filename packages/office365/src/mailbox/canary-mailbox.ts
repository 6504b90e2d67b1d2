import { TenantError, type FoundMessage, type TenantCredentials } from '@holdfast/application';
import { z } from 'zod';
import type { GraphClient } from '../graph/graph-client.ts';
import { folderName, placedMessage } from '../graph/graph-schemas.ts';
import { bracketed } from './sent-message.ts';

const root = (mailbox: string): string => `/users/${encodeURIComponent(mailbox)}`;

/** All folders of the mailbox, Deleted Items among them (reference 5f). */
export async function findMessage(
  graph: GraphClient,
  credentials: TenantCredentials,
  mailbox: string,
  messageId: string,
): Promise<FoundMessage | null> {
  const [found] = await placesOf(graph, credentials, mailbox, messageId);
  if (found === undefined) return null;
  return {
    id: found.id,
    folder: await nameOf(graph, credentials, mailbox, found.parentFolderId),
    receivedAt: found.receivedDateTime,
    isRead: found.isRead,
  };
}

async function placesOf(
  graph: GraphClient,
  credentials: TenantCredentials,
  mailbox: string,
  messageId: string,
): Promise<readonly z.infer<typeof placedMessage>[]> {
  // A quote is doubled for OData.
  const quoted = bracketed(messageId).replaceAll("'", "''");
  const query = {
    $filter: `internetMessageId eq '${quoted}'`,
    $select: 'id,isRead,isDraft,parentFolderId,receivedDateTime',
    $top: '10',
  };
  const rows = await graph.list(credentials, `${root(mailbox)}/messages`, query, placedMessage);
  return rows.filter((message) => !message.isDraft);
}

/** Nice to know, and no more: a folder that cannot be read makes no message lost. */
async function nameOf(
  graph: GraphClient,
  credentials: TenantCredentials,
  mailbox: string,
  folder: string | null,
): Promise<string | null> {
  if (folder === null) return null;
  const path = `${root(mailbox)}/mailFolders/${encodeURIComponent(folder)}`;
  try {
    const query = { $select: 'id,displayName' };
    return (await graph.get(credentials, path, query, folderName)).displayName;
  } catch (error) {
    if (error instanceof TenantError) return null;
    throw error;
  }
}

/** Graph moves what is deleted to Deleted Items, under a new id; what lies there goes when it is deleted once more. */
export async function removeMessage(
  graph: GraphClient,
  credentials: TenantCredentials,
  mailbox: string,
  messageId: string,
): Promise<void> {
  for (let round = 1; round <= 2; round += 1) {
    for (const { id } of await placesOf(graph, credentials, mailbox, messageId)) {
      const path = `${root(mailbox)}/messages/${encodeURIComponent(id)}`;
      try {
        await graph.send(credentials, { method: 'DELETE', path }, z.unknown());
      } catch (error) {
        const gone = error instanceof TenantError && error.failure.code === 'not-found';
        if (!gone) throw error;
      }
    }
  }
}
