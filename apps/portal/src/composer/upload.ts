import type { UploadResult } from '@holdfast/contracts';
import { CLIENT_HEADERS } from '../api.ts';
import { en } from '../messages/en.ts';

export interface UploadCall {
  readonly result: Promise<UploadResult>;
  readonly cancel: () => void;
}

function isUploadResult(value: unknown): value is UploadResult {
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    typeof value.id === 'string' &&
    'size' in value
  );
}

function messageIn(value: unknown): string {
  return typeof value === 'object' &&
    value !== null &&
    'message' in value &&
    typeof value.message === 'string'
    ? value.message
    : en.problems.internal;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** XMLHttpRequest, because fetch still cannot say how much of a body has gone out. `onProgress` gets 0 to 1. */
export function upload(file: File, onProgress: (share: number) => void): UploadCall {
  const request = new XMLHttpRequest();
  const result = new Promise<UploadResult>((resolve, reject) => {
    request.open('POST', '/uploads');
    request.setRequestHeader('content-type', file.type || 'application/octet-stream');
    request.setRequestHeader('x-file-name', encodeURIComponent(file.name));
    for (const [name, value] of Object.entries(CLIENT_HEADERS))
      request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    });
    request.addEventListener('error', () => reject(new Error(en.problems.network)));
    request.addEventListener('abort', () => reject(new Error(en.composer.uploadFailed)));
    request.addEventListener('load', () => {
      const answer = parse(request.responseText);
      if (request.status < 300 && isUploadResult(answer)) resolve(answer);
      else reject(new Error(messageIn(answer)));
    });
    request.send(file);
  });
  return { result, cancel: () => request.abort() };
}
