import { decidePiece } from '@holdfast/domain';
import {
  MAX_SUBMISSION_BYTES,
  MAX_UPLOADED_BYTES,
  MAX_UPLOADED_FILES,
  UPLOAD_PIECE_BYTES,
} from '@holdfast/contracts';
import type { Ports } from '../../ports.ts';
import type { UploadRecord } from '../../records/writing.ts';
import { Refusal } from '../../refusal.ts';
import { withMailbox, type UserActor } from '../user-access.ts';

/** Longest file name that is kept. Unit: characters. */
export const MAX_FILE_NAME = 200;
/** Also while the mailbox is read-only: a message that was sent in time may still wait for its files, and a draft for its end. */
const KEEPING = 'read';
const MEGABYTE = 1024 * 1024;
const MEDIA_TYPE = /^[\w.+-]{1,100}\/[\w.+-]{1,100}$/;

/** Announces a file. The same id begins nothing anew, so that a lost answer costs nothing. Throws `mailbox.too-big`, `uploads.full`. */
export async function beginUpload(
  ports: Ports,
  actor: UserActor,
  input: {
    readonly id: string;
    readonly name: string;
    readonly size: number;
    readonly type: string;
  },
): Promise<UploadRecord> {
  if (input.size > MAX_SUBMISSION_BYTES) throw tooBig();
  return withMailbox(ports, actor, KEEPING, async ({ uploads }) => {
    const { files, bytes } = await uploads.lockUsage(actor.userId);
    const known = await uploads.lock(actor.userId, input.id);
    if (known !== null) {
      if (known.size === input.size) return known;
      throw new Refusal('input.invalid', 'Another file was uploaded under this name.');
    }
    if (files >= MAX_UPLOADED_FILES || bytes + input.size > MAX_UPLOADED_BYTES) throw full();
    const upload: UploadRecord = {
      id: input.id,
      userId: actor.userId,
      fileName: plainFileName(input.name),
      contentType: plainMediaType(input.type),
      size: input.size,
      received: 0,
    };
    await uploads.begin(upload, ports.clock.now());
    if (input.size === 0) await uploads.finish(actor.userId, input.id);
    return upload;
  });
}

/** Adds the next piece. Resolves to where to go on, which is where it was for a piece that does not begin there. Throws `uploads.unknown`. */
export async function addPiece(
  ports: Ports,
  actor: UserActor,
  input: { readonly id: string; readonly offset: number; readonly content: Uint8Array },
): Promise<{ readonly upload: UploadRecord; readonly isTaken: boolean }> {
  const { offset, content } = input;
  if (content.byteLength > UPLOAD_PIECE_BYTES) throw tooLong();
  return withMailbox(ports, actor, KEEPING, async ({ uploads }) => {
    const upload = await uploads.lock(actor.userId, input.id);
    if (upload === null) throw unknownUpload();
    const decision = decidePiece(upload, offset, content.byteLength);
    switch (decision.kind) {
      case 'go-on-from':
        return { upload, isTaken: false };
      case 'too-long':
        throw tooLong();
      case 'take': {
        const grown = { ...upload, received: decision.received };
        if (content.byteLength > 0)
          await uploads.addPiece(grown, { offset, content }, ports.clock.now());
        // An empty piece at the end of a file that is here already adds nothing.
        if (decision.isLast && content.byteLength > 0) await uploads.finish(actor.userId, input.id);
        return { upload: grown, isTaken: true };
      }
    }
  });
}

export async function findUpload(
  ports: Ports,
  actor: UserActor,
  input: { readonly id: string },
): Promise<UploadRecord> {
  const [upload] = await withMailbox(ports, actor, 'read', ({ uploads }) =>
    uploads.find(actor.userId, [input.id]),
  );
  if (upload === undefined) throw unknownUpload();
  return upload;
}

/** Takes a file away again; one that an open draft names stays until that draft changes. */
export async function cancelUpload(
  ports: Ports,
  actor: UserActor,
  input: { readonly id: string },
): Promise<void> {
  await withMailbox(ports, actor, 'read', ({ uploads }) =>
    uploads.remove(actor.userId, [input.id]),
  );
}

function unknownUpload(): Refusal {
  return new Refusal('uploads.unknown', 'This file is not here. Add it again.');
}

function tooLong(): Refusal {
  return new Refusal('mailbox.too-big', 'The piece is larger than what was announced.');
}

function tooBig(): Refusal {
  return new Refusal(
    'mailbox.too-big',
    `The file is larger than ${MAX_SUBMISSION_BYTES / MEGABYTE} MB.`,
  );
}

function full(): Refusal {
  return new Refusal(
    'uploads.full',
    `Your drafts hold as many attachments as there is room for (${MAX_UPLOADED_BYTES / MEGABYTE} MB). Send or discard one first.`,
  );
}

/** No paths, no control characters: the name goes into a header and onto other people's disks. */
function plainFileName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  return (
    last
      .replace(/[\p{Cc}\p{Cf}]/gu, '')
      .trim()
      .slice(0, MAX_FILE_NAME) || 'attachment'
  );
}

function plainMediaType(type: string): string {
  const named = (type.split(';')[0] ?? '').trim().toLowerCase();
  return MEDIA_TYPE.test(named) ? named : 'application/octet-stream';
}
