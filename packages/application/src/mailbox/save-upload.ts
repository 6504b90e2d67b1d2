import { MAX_SUBMISSION_BYTES } from '@holdfast/contracts';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { withMailbox, type UserActor } from './user-access.ts';

/** Longest file name that is kept. Unit: characters. */
export const MAX_FILE_NAME = 200;

/** Keeps an attachment until the message is sent. Throws `mailbox.too-big`. */
export async function saveUpload(
  ports: Ports,
  actor: UserActor,
  input: { readonly fileName: string; readonly contentType: string; readonly content: Uint8Array },
): Promise<{ readonly id: string; readonly fileName: string; readonly size: number }> {
  if (input.content.byteLength > MAX_SUBMISSION_BYTES) {
    throw new Refusal(
      'mailbox.too-big',
      `The file is larger than ${MAX_SUBMISSION_BYTES / 1024 / 1024} MB.`,
    );
  }
  const id = ports.identifiers.uuid();
  const fileName = plainFileName(input.fileName);
  await withMailbox(ports, actor, 'write', ({ uploads }) =>
    uploads.save({
      id,
      userId: actor.userId,
      fileName,
      contentType: input.contentType,
      content: input.content,
      at: ports.clock.now(),
    }),
  );
  return { id, fileName, size: input.content.byteLength };
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
