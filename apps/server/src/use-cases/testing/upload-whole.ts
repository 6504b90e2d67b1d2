import { randomUUID } from 'node:crypto';
import { addPiece, beginUpload, type Ports, type UserActor } from '@holdfast/application';
import { UPLOAD_PIECE_BYTES } from '@holdfast/contracts';

/** A file as a client uploads it when nothing goes wrong. */
export async function uploadWhole(
  ports: Ports,
  actor: UserActor,
  file: { readonly name: string; readonly type: string; readonly content: Uint8Array },
): Promise<{ readonly id: string; readonly fileName: string }> {
  const { name, type, content } = file;
  const id = randomUUID();
  const { fileName } = await beginUpload(ports, actor, { id, name, type, size: content.length });
  for (let offset = 0; offset < content.length; offset += UPLOAD_PIECE_BYTES) {
    const piece = content.subarray(offset, offset + UPLOAD_PIECE_BYTES);
    await addPiece(ports, actor, { id, offset, content: piece });
  }
  return { id, fileName };
}
