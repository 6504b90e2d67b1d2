import type { SentItem, TenantCredentials, TenantMailbox } from '@holdfast/application';
import { z } from 'zod';
import { findMessage, removeMessage } from './canary-mailbox.ts';
import { failureOf, graphFailure } from '../http/failure.ts';
import { createGraphClient, type GraphClient } from '../graph/graph-client.ts';
import {
  attachmentName,
  createdMessage,
  foundMessage,
  uploadSession,
} from '../graph/graph-schemas.ts';
import { exchangeHttp } from '../http/http-exchange.ts';
import { settle, type TenantAdapterOptions, type TenantAdapterSettings } from '../http/options.ts';
import {
  SESSION_FROM,
  bracketed,
  fileAttachment,
  sentMessage,
  splitAttachments,
  type SentAttachment,
} from './sent-message.ts';
import { createTokenSource } from '../sign-in/token-source.ts';

/** One piece of an upload: a multiple of 320 KiB below Graph's 4 MB. Bytes. */
const UPLOAD_PIECE = 12 * 320 * 1024;
/** Graph hands out upload addresses of Outlook, which take no token. */
const UPLOAD_HOSTS = ['outlook.office.com', 'outlook.office365.com'];

/** Puts mail that was sent from an emergency mailbox into the user's own Sent Items. */
export function createTenantMailbox(options: TenantAdapterOptions): TenantMailbox {
  const settings = settle(options);
  const graph = createGraphClient(settings, createTokenSource(settings));
  return {
    putSentItem: (credentials, mailbox, item) =>
      putSentItem(settings, graph, credentials, mailbox, item),
    findMessage: (credentials, mailbox, messageId) =>
      findMessage(graph, credentials, mailbox, messageId),
    removeMessage: (credentials, mailbox, messageId) =>
      removeMessage(graph, credentials, mailbox, messageId),
  };
}

async function putSentItem(
  settings: TenantAdapterSettings,
  graph: GraphClient,
  credentials: TenantCredentials,
  mailbox: string,
  item: SentItem,
): Promise<{ readonly created: boolean }> {
  const root = `/users/${encodeURIComponent(mailbox)}`;
  const { inline, later } = splitAttachments(item.attachments);
  const found = await findSent(graph, credentials, root, item.messageId);
  const id = found ?? (await create());
  const message = `${root}/messages/${encodeURIComponent(id)}`;
  // An earlier attempt may have stopped between the message and its large attachments.
  const there = found === null || later.length === 0 ? [] : await names(message);
  for (const attachment of later) {
    if (there.includes(attachment.fileName)) continue;
    await attach(settings, graph, credentials, message, attachment);
  }
  return { created: found === null };

  async function create(): Promise<string> {
    const asked = {
      method: 'POST',
      path: `${root}/mailFolders/sentitems/messages`,
      body: sentMessage(item, inline),
      headers: { prefer: 'IdType="ImmutableId"' },
    } as const;
    return (await graph.send(credentials, asked, createdMessage)).id;
  }

  async function names(path: string): Promise<readonly string[]> {
    const query = { $select: 'id,name' };
    const rows = await graph.list(credentials, `${path}/attachments`, query, attachmentName);
    return rows.map((row) => row.name ?? '');
  }
}

/**
 * In Sent Items only: mail to oneself has the same Message-ID in the Inbox. Drafts do not count. The value is quoted
 * for OData, a quote by doubling it.
 */
async function findSent(
  graph: GraphClient,
  credentials: TenantCredentials,
  root: string,
  messageId: string,
): Promise<string | null> {
  const quoted = bracketed(messageId).replaceAll("'", "''");
  const query = { $filter: `internetMessageId eq '${quoted}'`, $select: 'id,isDraft', $top: '10' };
  const path = `${root}/mailFolders/sentitems/messages`;
  const found = await graph.list(credentials, path, query, foundMessage);
  return found.find((message) => !message.isDraft)?.id ?? null;
}

async function attach(
  settings: TenantAdapterSettings,
  graph: GraphClient,
  credentials: TenantCredentials,
  message: string,
  attachment: SentAttachment,
): Promise<void> {
  if (attachment.content.byteLength < SESSION_FROM) {
    const path = `${message}/attachments`;
    const asked = { method: 'POST', path, body: fileAttachment(attachment) } as const;
    await graph.send(credentials, asked, z.unknown());
    return;
  }
  const { fileName, contentType, content, inline, contentId } = attachment;
  const asked = {
    method: 'POST',
    path: `${message}/attachments/createUploadSession`,
    body: {
      AttachmentItem: {
        attachmentType: 'file',
        name: fileName,
        size: content.byteLength,
        contentType,
        isInline: inline,
        ...(contentId === null ? {} : { contentId }),
      },
    },
  } as const;
  const { uploadUrl } = await graph.send(credentials, asked, uploadSession);
  await upload(settings, uploadUrl, content);
}

/** In order, piece by piece, and without the token: the address itself is the permission (reference 5b). */
async function upload(
  settings: TenantAdapterSettings,
  uploadUrl: string,
  content: Uint8Array,
): Promise<void> {
  if (!isUploadAddress(settings.graphBase, uploadUrl))
    throw failureOf('unexpected', 'The upload address is not one of Microsoft’s.');
  for (let start = 0; start < content.byteLength; start += UPLOAD_PIECE) {
    const piece = Uint8Array.from(content.subarray(start, start + UPLOAD_PIECE));
    const answer = await exchangeHttp(settings, {
      method: 'PUT',
      url: uploadUrl,
      headers: {
        'content-type': 'application/octet-stream',
        'content-range': `bytes ${start}-${start + piece.byteLength - 1}/${content.byteLength}`,
      },
      body: piece,
      patient: true,
    });
    if (answer.status < 200 || answer.status >= 300) throw graphFailure(answer);
  }
}

export function isUploadAddress(graphBase: string, link: string): boolean {
  if (!URL.canParse(link)) return false;
  const url = new URL(link);
  if (url.origin === new URL(graphBase).origin) return true;
  return url.protocol === 'https:' && url.port === '' && UPLOAD_HOSTS.includes(url.hostname);
}
