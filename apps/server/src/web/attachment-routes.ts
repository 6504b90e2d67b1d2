import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exportSent, openAttachment, Refusal, saveUpload, type Ports } from '@holdfast/application';
import { MAX_SUBMISSION_BYTES, uuid, type UploadResult } from '@holdfast/contracts';
import express, { Router, type RequestHandler } from 'express';
import { requireMailboxUser } from './portal-session.ts';
import type { SessionCookie } from './session-cookie.ts';

/** Formats that hold pixels and nothing that runs; SVG is not among them. */
const SHOWN_INLINE = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);
/** Content of strangers: even opened in a tab of its own it runs nothing and belongs to no origin. */
const ATTACHMENT_CSP = "default-src 'none'; sandbox";
const MEDIA_TYPE = /^[\w.+-]{1,100}\/[\w.+-]{1,100}$/;

/** `GET /sent.mbox` gives all that was written, `POST /uploads` takes one file for a message being written; `GET /attachments/…` gives one leaf of a message. */
export function createAttachmentRoutes(ports: Ports, cookie: SessionCookie): Router {
  const router = Router();
  const signedIn: RequestHandler = async (request, _response, next) => {
    await requireMailboxUser(ports, cookie, request);
    next();
  };
  // Nobody's bytes are read before it is known whose they are.
  router.post(
    '/uploads',
    signedIn,
    express.raw({ type: () => true, limit: MAX_SUBMISSION_BYTES, inflate: false }),
    async (request, response) => {
      const actor = await requireMailboxUser(ports, cookie, request);
      const body: unknown = request.body;
      const result: UploadResult = await saveUpload(ports, actor, {
        fileName: readFileName(request.get('x-file-name')),
        contentType: readMediaType(request.get('content-type')),
        // Without a body, as for an empty file, the parser leaves nothing.
        content: body instanceof Uint8Array ? body : new Uint8Array(),
      });
      response.set('Cache-Control', 'no-store').json(result);
    },
  );
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

function readFileName(encoded: string | undefined): string {
  try {
    return decodeURIComponent(encoded ?? '');
  } catch {
    throw new Refusal('input.invalid', 'The name of the file cannot be read. Rename it.');
  }
}

function readMediaType(header: string | undefined): string {
  const type = (header ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  return MEDIA_TYPE.test(type) ? type : 'application/octet-stream';
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
