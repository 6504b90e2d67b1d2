import {
  addPiece,
  beginUpload,
  cancelUpload,
  findUpload,
  Refusal,
  type Ports,
  type UploadRecord,
} from '@holdfast/application';
import { beginUploadInput, UPLOAD_PIECE_BYTES, uuid, type UploadState } from '@holdfast/contracts';
import express, { Router, type Request, type RequestHandler, type Response } from 'express';
import { requireMailboxUser } from './portal-session.ts';
import type { SessionCookie } from './session-cookie.ts';

/** A name and three numbers. Unit: bytes. */
const MAX_ANNOUNCEMENT = 8 * 1024;

/**
 * Files for a message being written, in pieces, in the spirit of tus 1.0: `POST` announces one, `PATCH` adds what comes
 * at `Upload-Offset`, `HEAD` says where to go on, `DELETE` takes it away. A piece that was cut off is not taken at all.
 */
export function createUploadRoutes(ports: Ports, cookie: SessionCookie): Router {
  const router = Router();
  const signedIn: RequestHandler = async (request, _response, next) => {
    await requireMailboxUser(ports, cookie, request);
    next();
  };
  // Nobody's bytes are read before it is known whose they are.
  router.post(
    '/',
    signedIn,
    express.json({ limit: MAX_ANNOUNCEMENT }),
    async (request, response) => {
      const actor = await requireMailboxUser(ports, cookie, request);
      const input = beginUploadInput.safeParse(request.body);
      if (!input.success) throw new Refusal('input.invalid', 'This file cannot be uploaded.');
      answer(response, await beginUpload(ports, actor, input.data));
    },
  );
  router.patch(
    '/:id',
    signedIn,
    express.raw({ type: () => true, limit: UPLOAD_PIECE_BYTES, inflate: false }),
    async (request, response) => {
      const actor = await requireMailboxUser(ports, cookie, request);
      const body: unknown = request.body;
      const { upload, isTaken } = await addPiece(ports, actor, {
        id: readId(request),
        offset: readOffset(request),
        // Without a body the parser leaves nothing.
        content: body instanceof Uint8Array ? body : new Uint8Array(),
      });
      if (!isTaken) {
        response.set('Upload-Offset', String(upload.received));
        throw new Refusal('uploads.offset', 'The piece does not begin where the last one ended.');
      }
      answer(response, upload);
    },
  );
  // Express answers HEAD by what GET does, without its body.
  router.get('/:id', async (request, response) => {
    const actor = await requireMailboxUser(ports, cookie, request);
    answer(response, await findUpload(ports, actor, { id: readId(request) }));
  });
  router.delete('/:id', async (request, response) => {
    const actor = await requireMailboxUser(ports, cookie, request);
    await cancelUpload(ports, actor, { id: readId(request) });
    response.set('Cache-Control', 'no-store').status(204).end();
  });
  return router;
}

function answer(response: Response, upload: UploadRecord): void {
  const { id, fileName, size, received } = upload;
  const state: UploadState = { id, fileName, size, received };
  response.set({
    'Cache-Control': 'no-store',
    'Upload-Offset': String(received),
    'Upload-Length': String(size),
  });
  response.json(state);
}

function readId(request: Request): string {
  const read = uuid.safeParse(request.params['id']);
  if (read.success) return read.data;
  throw new Refusal('uploads.unknown', 'There is no such file here.');
}

function readOffset(request: Request): number {
  const text = request.get('upload-offset') ?? '';
  if (/^\d{1,12}$/.test(text)) return Number(text);
  throw new Refusal('input.invalid', 'The piece does not say where it belongs.');
}
