import type { CopyPolicy, MailFolder } from '@holdfast/domain';
import { TenantError, type TenantCredentials } from '../ports/office365/tenant-credentials.ts';
import type { FolderChanges, TenantMessage } from '../ports/office365/mailbox-reading.ts';
import type {
  CopiedFolder,
  CopiedMessage,
  MailboxCopyRepository,
} from '../ports/repositories/mailbox-copy-repository.ts';
import { MessageTooBigError } from '../ports/spool.ts';
import { copiedRecord } from './copied-record.ts';
import type { CopyPorts } from './copy-ports.ts';

export interface CopiedMailbox {
  readonly organisationId: string;
  readonly userId: string;
  /** Id of its object in the tenant. */
  readonly externalId: string;
  readonly credentials: TenantCredentials;
}

type PlacedFolder = Pick<CopiedFolder, 'externalId' | 'folder' | 'name'>;

export interface PageResult {
  readonly copied: number;
  readonly bytes: number;
  /** Too large to be copied. */
  readonly skipped: number;
  /** What was left undone, when it was not all done; the page is read again then. */
  readonly failure: unknown;
}

interface Fetched {
  readonly items: readonly CopiedMessage[];
  readonly copied: number;
  readonly bytes: number;
  readonly skipped: number;
  readonly failure: unknown;
}

/**
 * Takes in one page of what happened in a folder: what is new is copied, what is known is followed, what left is noted.
 * What was copied before a failure is kept; `done` says in the same transaction that all of the page is.
 */
export async function copyPage(
  ports: CopyPorts,
  policy: CopyPolicy,
  mailbox: CopiedMailbox,
  folder: PlacedFolder,
  page: Pick<FolderChanges, 'messages' | 'removed'>,
  done: (copies: MailboxCopyRepository) => Promise<void>,
): Promise<PageResult> {
  const { organisationId, userId } = mailbox;
  const now = ports.clock.now();
  const wanted = page.messages.filter(
    ({ isDraft, receivedAt }) => !isDraft && receivedAt >= now - policy.window,
  );
  const sorted = await sortOut(ports, mailbox, folder.folder, wanted);
  const fetched = await fetchAll(ports, policy, mailbox, folder, sorted.fresh);
  await ports.database.withinOrganisation(organisationId, async ({ copies }) => {
    const here = (message: TenantMessage, recordId: string | null): CopiedMessage =>
      itemOf(message, folder.externalId, recordId);
    const known = sorted.known.map(({ message, recordId }) => here(message, recordId));
    const seen = sorted.shown.map((message) => here(message, null));
    const counts = { messages: fetched.copied, bytes: fetched.bytes };
    await copies.remember(userId, [...known, ...seen, ...fetched.items], counts, now);
    await copies.follow(
      userId,
      [
        ...sorted.known.map(({ message, recordId }) => ({ message, recordId })),
        ...sorted.shown.map((message) => ({ message, recordId: null })),
      ].map(({ message, recordId }) => ({
        item: here(message, recordId),
        ...placeOf(folder),
        isRead: message.isRead,
        isFlagged: message.isFlagged,
      })),
      now,
    );
    await copies.lose(userId, folder.externalId, page.removed, now);
    if (fetched.failure === null) await done(copies);
  });
  const { copied, bytes, skipped, failure } = fetched;
  return { copied, bytes, skipped, failure };
}

interface Sorted {
  readonly known: readonly { readonly message: TenantMessage; readonly recordId: string | null }[];
  /** A view of it is here already: it passed through us, or was written here. */
  readonly shown: readonly TenantMessage[];
  readonly fresh: readonly TenantMessage[];
}

async function sortOut(
  ports: CopyPorts,
  { organisationId, userId }: CopiedMailbox,
  folder: MailFolder,
  messages: readonly TenantMessage[],
): Promise<Sorted> {
  // The same message may come several times, in any order; what is asked later is newer.
  const latest = [...new Map(messages.map((message) => [message.externalId, message])).values()];
  return ports.database.withinOrganisation(organisationId, async ({ copies, cutOvers }) => {
    // A test message of a cut-over is nobody's mail.
    const ours = new Set((await cutOvers.sentProbes()).map(({ messageId }) => messageId));
    const unique = latest.filter(({ messageId }) => messageId === null || !ours.has(messageId));
    const rows = await copies.known(
      userId,
      unique.map(({ externalId }) => externalId),
    );
    const records = new Map(rows.map(({ externalId, recordId }) => [externalId, recordId]));
    const unknown = unique.filter(({ externalId }) => !records.has(externalId));
    const shown = await copies.shown(
      userId,
      unknown.flatMap(({ messageId }) => messageId ?? []),
      folder === 'sent',
    );
    const isShown = ({ messageId }: TenantMessage): boolean =>
      messageId !== null && shown.has(messageId);
    return {
      known: unique
        .filter(({ externalId }) => records.has(externalId))
        .map((message) => ({ message, recordId: records.get(message.externalId) ?? null })),
      shown: unknown.filter(isShown),
      fresh: unknown.filter((message) => !isShown(message)),
    };
  });
}

async function fetchAll(
  ports: CopyPorts,
  policy: CopyPolicy,
  mailbox: CopiedMailbox,
  folder: PlacedFolder,
  messages: readonly TenantMessage[],
): Promise<Fetched> {
  const items: CopiedMessage[] = [];
  let [copied, bytes, skipped] = [0, 0, 0];
  let failure: unknown = null;
  const queue = messages[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (const message of queue) {
      if (failure !== null) return;
      try {
        const size = await copyOne(ports, policy, mailbox, folder, message);
        const recordId = size === null ? null : recordIdOf(ports, mailbox, message, folder);
        if (size === null) skipped += 1;
        else {
          copied += 1;
          bytes += size;
        }
        items.push(itemOf(message, folder.externalId, recordId));
      } catch (error) {
        // Moved or deleted since the page was made: the next round says where it is.
        if (isGone(error)) continue;
        failure = error;
      }
    }
  };
  await Promise.all(Array.from({ length: policy.requests }, worker));
  return { items, copied, bytes, skipped, failure };
}

/** Bytes that were copied; null when it is too large. */
async function copyOne(
  ports: CopyPorts,
  policy: CopyPolicy,
  mailbox: CopiedMailbox,
  folder: PlacedFolder,
  message: TenantMessage,
): Promise<number | null> {
  try {
    const { credentials, externalId } = mailbox;
    const limit = policy.largestMessage;
    const body = await ports.mailboxReading.content(
      credentials,
      externalId,
      message.externalId,
      limit,
    );
    await ports.copySpool.append(
      copiedRecord(ports.identifiers, mailbox, message, placeOf(folder)),
      body,
    );
    return body.byteLength;
  } catch (error) {
    if (error instanceof MessageTooBigError) return null;
    throw error;
  }
}

function recordIdOf(
  ports: CopyPorts,
  mailbox: CopiedMailbox,
  message: TenantMessage,
  folder: PlacedFolder,
): string {
  return copiedRecord(ports.identifiers, mailbox, message, placeOf(folder)).id;
}

function placeOf({ externalId, folder, name }: PlacedFolder): {
  readonly folder: MailFolder;
  readonly ownFolder: string | null;
} {
  return { folder, ownFolder: name === null ? null : externalId };
}

function itemOf(
  { externalId, messageId, receivedAt }: TenantMessage,
  folderId: string,
  recordId: string | null,
): CopiedMessage {
  return { externalId, folderId, messageId, receivedAt, recordId };
}

function isGone(error: unknown): boolean {
  return error instanceof TenantError && error.failure.code === 'not-found';
}
