import { randomUUID } from 'node:crypto';
import express, { type Request, type Router } from 'express';
import type { AddedAttachment } from '../mailbox/add-attachment.ts';
import type { World } from '../world.ts';
import { badRequest, GraphError, graphErrorHandler } from './graph-error.ts';
import { typeProblem } from './schema.ts';

/** Graph: an upload session is for 3 MB to 150 MB; one PUT carries at most 4 MB. */
export const SESSION_FROM_BYTES = 3 * 1024 * 1024;
const SESSION_MAX_BYTES = 150 * 1024 * 1024;
const PUT_MAX_BYTES = 4 * 1024 * 1024;
const VALID_FOR_MS = 60 * 60 * 1000;

interface Session {
  readonly item: Omit<AddedAttachment, 'content'>;
  readonly size: number;
  readonly expiresAt: number;
  readonly pieces: Buffer[];
  readonly done: (attachment: AddedAttachment) => void;
}

/** Uploads under way, by the token in their address. */
export class UploadSessions {
  readonly #sessions = new Map<string, Session>();

  /** Checks the request and opens a session; `done` gets the attachment when its last byte is there. */
  create(body: unknown, origin: string, done: Session['done']) {
    const given = (body as { readonly AttachmentItem?: unknown } | null)?.AttachmentItem;
    if (given === undefined) throw badRequest('AttachmentItem is required.');
    const problem = typeProblem('attachmentItem', given);
    if (problem !== undefined) throw new GraphError(400, 'RequestBodyRead', problem);
    const item = given as {
      readonly attachmentType?: string | null;
      readonly name?: string | null;
      readonly size?: number | null;
      readonly contentType?: string | null;
      readonly contentId?: string | null;
      readonly isInline?: boolean | null;
    };
    if (item.attachmentType !== 'file') throw badRequest('Only attachmentType file is supported.');
    if (!item.name) throw badRequest('name is required.');
    const size = item.size ?? 0;
    if (size < SESSION_FROM_BYTES || size > SESSION_MAX_BYTES) {
      throw new GraphError(
        400,
        'ErrorAttachmentSizeShouldNotBeLessThanMinimumSize',
        'An upload session is for 3 MB to 150 MB.',
      );
    }
    const token = randomUUID();
    const expiresAt = Date.now() + VALID_FOR_MS;
    this.#sessions.set(token, {
      item: {
        name: item.name,
        contentType: item.contentType ?? 'application/octet-stream',
        contentId: item.contentId ?? null,
        isInline: item.isInline ?? false,
      },
      size,
      expiresAt,
      pieces: [],
      done,
    });
    return { uploadUrl: `${origin}/upload/${token}`, ...progress(0, expiresAt) };
  }

  /** Takes one range. Returns what is expected next, or null when that was the last. */
  put(token: string, range: Range, piece: Buffer): object | null {
    const session = this.#sessions.get(token);
    if (session === undefined || session.expiresAt < Date.now()) {
      throw new GraphError(404, 'ErrorItemNotFound', 'There is no such upload session.');
    }
    const received = session.pieces.reduce((sum, { length }) => sum + length, 0);
    const fits = range.size === session.size && range.end - range.start + 1 === piece.length;
    if (!fits || range.end >= session.size)
      throw badRequest('Content-Range does not fit the content.');
    if (range.start !== received) {
      throw new GraphError(416, 'InvalidRange', `The next byte expected is ${received}.`);
    }
    session.pieces.push(piece);
    if (range.end + 1 < session.size) return progress(range.end + 1, session.expiresAt);
    this.#sessions.delete(token);
    session.done({ ...session.item, content: Buffer.concat(session.pieces) });
    return null;
  }

  clear(): void {
    this.#sessions.clear();
  }
}

const progress = (next: number, expiresAt: number) => ({
  expirationDateTime: new Date(expiresAt).toISOString(),
  nextExpectedRanges: [String(next)],
});

interface Range {
  readonly start: number;
  readonly end: number;
  readonly size: number;
}

function readRange(request: Request): Range {
  const match = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(request.get('content-range') ?? '');
  if (match === null) throw badRequest('Content-Range is missing or malformed.');
  return { start: Number(match[1]), end: Number(match[2]), size: Number(match[3]) };
}

/** The upload addresses: the address itself is the permission, and a token beside it is refused. */
export function uploadRouter(world: World): Router {
  const router = express.Router();
  router.use(express.raw({ type: () => true, limit: PUT_MAX_BYTES }));
  router.put('/:token', (request, response) => {
    if (request.headers.authorization !== undefined) {
      throw new GraphError(
        401,
        'InvalidAudienceForResource',
        'Leave Authorization out: the address is the permission.',
      );
    }
    if (world.outage.mailboxesDown) {
      throw new GraphError(503, 'ServiceUnavailable', 'The service is temporarily unavailable.');
    }
    const next = world.uploads.put(
      String(request.params.token),
      readRange(request),
      request.body as Buffer,
    );
    if (next === null) response.status(201).end();
    else response.json(next);
  });
  router.use(graphErrorHandler);
  return router;
}
