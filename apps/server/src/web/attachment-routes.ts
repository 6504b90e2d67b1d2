import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exportSent, openAttachment, Refusal, type Ports } from '@holdfast/application';
import { uuid } from '@holdfast/contracts';
import { Router } from 'express';
import { requireMailboxUser } from './portal-session.ts';
import type { SessionCookie } from './session-cookie.ts';

/** Formats that hold pixels and nothing that runs; SVG is not among them. */
const SHOWN_INLINE = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);
/** Content of strangers: even opened in a tab of its own it runs nothing and belongs to no origin. */
const ATTACHMENT_CSP = "default-src 'none'; sandbox";

/** `GET /sent.mbox` gives all that was written, `GET /attachments/…` gives one leaf of a message. */
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
    const inline = request.query['inline'] === '1' && SHOWN_INLINE.has(part.contentType);
    response.set({
      'Content-Security-Policy': ATTACHMENT_CSP,
      'Cache-Control': 'private, no-store',
      'Content-Disposition': contentDisposition(inline ? 'inline' : 'attachment', part.fileName),
      'Content-Type': part.contentType,
      'Content-Length': String(content.byteLength),
    });
    response.end(content);
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
