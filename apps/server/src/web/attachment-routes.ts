import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exportSent, openAttachment, openSource, Refusal, type Ports } from '@holdfast/application';
import { uuid } from '@holdfast/contracts';
import { Router } from 'express';
import { ATTACHMENT_CSP, previewOf } from './attachment-preview.ts';
import { requireMailboxUser } from './portal-session.ts';
import type { SessionCookie } from './session-cookie.ts';

/** A longer source is a file: browsers stand still over it. Unit: bytes. */
const SHOWN_SOURCE = 2 * 1024 * 1024;

/** `GET /sent.mbox` gives all that was written, `GET /attachments/…` gives one leaf of a message, `GET /messages/…/source` all of it as it came. */
export function createAttachmentRoutes(ports: Ports, cookie: SessionCookie): Router {
  const router = Router();
  router.get('/sent.mbox', async (request, response) => {
    const actor = await requireMailboxUser(ports, cookie, request);
    const content = await exportSent(ports, actor);
    response.set({
      'Content-Security-Policy': ATTACHMENT_CSP,
      'Cache-Control': 'private, no-store',
      'Content-Disposition': contentDisposition('attachment', 'sent-from-emergency-mailbox.mbox'),
      'Content-Type': 'application/mbox',
    });
    await pipeline(Readable.from(content), response);
  });
  router.get('/attachments/:itemId/:index', async (request, response) => {
    const actor = await requireMailboxUser(ports, cookie, request);
    const { itemId, index } = request.params;
    if (!uuid.safeParse(itemId).success || !/^\d{1,5}$/.test(index)) throw notFound();
    const { part, content } = await openAttachment(ports, actor, { itemId, index: Number(index) });
    const preview = request.query['inline'] === '1' ? previewOf(part.contentType, content) : null;
    const shown = preview ?? { contentType: part.contentType, content, policy: ATTACHMENT_CSP };
    response.set({
      'Content-Security-Policy': shown.policy,
      'Cache-Control': 'private, no-store',
      'Content-Disposition': contentDisposition(
        preview === null ? 'attachment' : 'inline',
        part.fileName,
      ),
      'Content-Type': shown.contentType,
      'Content-Length': String(shown.content.byteLength),
    });
    response.end(shown.content);
  });
  router.get('/messages/:itemId/source', async (request, response) => {
    const actor = await requireMailboxUser(ports, cookie, request);
    const { itemId } = request.params;
    if (!uuid.safeParse(itemId).success) throw notFound();
    const { size, content } = await openSource(ports, actor, { itemId });
    const isShown = size <= SHOWN_SOURCE;
    response.set({
      'Content-Security-Policy': ATTACHMENT_CSP,
      'Cache-Control': 'private, no-store',
      'Content-Disposition': contentDisposition(isShown ? 'inline' : 'attachment', 'message.eml'),
      'Content-Type': isShown ? 'text/plain; charset=utf-8' : 'message/rfc822',
      'Content-Length': String(size),
    });
    await pipeline(Readable.from(content), response);
  });
  return router;
}

function notFound(): Refusal {
  return new Refusal('mailbox.not-found', 'There is no such attachment in your mailbox.');
}

/** RFC 6266, with RFC 5987 for what is not ASCII; the plain form is for programs that know only that one. */
function contentDisposition(kind: 'inline' | 'attachment', fileName: string): string {
  const plain = fileName.replaceAll(/[^\x20-\x7e]/g, '_').replaceAll(/["\\%]/g, '_');
  const encoded = encodeURIComponent(fileName.toWellFormed()).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
