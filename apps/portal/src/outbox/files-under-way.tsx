import type { DraftFile } from '../drafts/draft.ts';
import { useUploads, type UploadStatus } from '../drafts/upload-store.ts';
import { outbox as words } from '../messages/en/outbox.ts';
import { sizeText } from '../sizes.ts';

/** How far the files are that a message waits for. */
export function FilesUnderWay({ files }: { readonly files: readonly DraftFile[] }) {
  const statuses = useUploads();
  const isWaitedFor = files.some(({ id, isHere }) => !isHere && statuses.has(id));
  if (!isWaitedFor) return null;
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const done = files.reduce((sum, file) => sum + receivedOf(file, statuses.get(file.id)), 0);
  return (
    <>
      <progress value={done} max={total} aria-label={words.filesLabel} />
      <p className="hint num">{words.filesOf(sizeText(done), sizeText(total))}</p>
    </>
  );
}

function receivedOf({ size }: DraftFile, status: UploadStatus | undefined): number {
  if (status === undefined) return size;
  return status.kind === 'uploading' ? status.received : 0;
}
