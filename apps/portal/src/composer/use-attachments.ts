import type { UploadResult } from '@holdfast/contracts';
import { useRef, useState } from 'react';
import { MAX_ATTACHMENTS, MAX_SUBMISSION_BYTES } from '../limits.ts';
import { en } from '../messages/en.ts';
import { sizeText } from '../sizes.ts';
import { newKey } from './draft-store.ts';
import { cancelUpload, uploadFile } from './upload.ts';

export interface Attachment {
  readonly key: string;
  readonly fileName: string;
  readonly size: number;
  readonly status:
    | { readonly kind: 'uploading'; readonly share: number }
    | { readonly kind: 'failed'; readonly message: string; readonly file: File }
    | { readonly kind: 'done'; readonly result: UploadResult };
}

export function attachedBytes(attachments: readonly Attachment[]): number {
  return attachments.reduce((sum, each) => sum + each.size, 0);
}

/** Files are refused before a byte is sent when they do not fit: on a weak network a late no costs minutes. */
export function useAttachments(
  initial: readonly UploadResult[],
  carriedBytes: number,
  onUploaded: (results: readonly UploadResult[]) => void,
) {
  const [attachments, setAttachments] = useState<readonly Attachment[]>(() =>
    initial.map((result) => ({
      key: result.id,
      fileName: result.fileName,
      size: result.size,
      status: { kind: 'done', result },
    })),
  );
  const [refusal, setRefusal] = useState<string | null>(null);
  const cancels = useRef(new Map<string, () => void>());
  // Uploads answer later than the render that began them.
  const latest = useRef(attachments);

  function change(next: readonly Attachment[]): void {
    latest.current = next;
    setAttachments(next);
    onUploaded(next.flatMap((each) => (each.status.kind === 'done' ? [each.status.result] : [])));
  }

  function setStatus(key: string, status: Attachment['status']): void {
    change(latest.current.map((each) => (each.key === key ? { ...each, status } : each)));
  }

  function start(key: string, file: File): void {
    const stopping = new AbortController();
    cancels.current.set(key, () => stopping.abort());
    const share = (received: number): void =>
      setStatus(key, { kind: 'uploading', share: file.size === 0 ? 1 : received / file.size });
    const heard = { onProgress: share, onWaiting: () => undefined };
    uploadFile({ id: key, fileName: file.name, file }, heard, stopping.signal).then(
      () =>
        setStatus(key, {
          kind: 'done',
          result: { id: key, fileName: file.name, size: file.size },
        }),
      (error: unknown) =>
        setStatus(key, {
          kind: 'failed',
          message: error instanceof Error ? error.message : en.problems.internal,
          file,
        }),
    );
  }

  function add(files: readonly File[]): void {
    setRefusal(null);
    for (const file of files) {
      if (latest.current.length >= MAX_ATTACHMENTS) {
        setRefusal(en.composer.tooMany(MAX_ATTACHMENTS));
        return;
      }
      if (carriedBytes + attachedBytes(latest.current) + file.size > MAX_SUBMISSION_BYTES) {
        setRefusal(
          en.composer.tooBig(file.name, sizeText(file.size), sizeText(MAX_SUBMISSION_BYTES)),
        );
        continue;
      }
      const key = newKey();
      change([
        ...latest.current,
        { key, fileName: file.name, size: file.size, status: { kind: 'uploading', share: 0 } },
      ]);
      start(key, file);
    }
  }

  function remove(key: string): void {
    cancels.current.get(key)?.();
    void cancelUpload(key);
    change(latest.current.filter((each) => each.key !== key));
  }

  function retry(key: string): void {
    const found = latest.current.find((each) => each.key === key);
    if (found?.status.kind !== 'failed') return;
    setStatus(key, { kind: 'uploading', share: 0 });
    start(key, found.status.file);
  }

  return { attachments, refusal, add, remove, retry };
}
