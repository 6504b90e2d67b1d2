/** A file on its way, in pieces that follow one another. Unit: bytes. */
export interface UploadProgress {
  readonly size: number;
  readonly received: number;
}

export type PieceDecision =
  | { readonly kind: 'take'; readonly received: number; readonly isLast: boolean }
  /** It was taken before, as after an answer that was lost, or one before it is missing: go on from `received`. */
  | { readonly kind: 'go-on-from'; readonly received: number }
  /** It goes beyond the size that was announced. */
  | { readonly kind: 'too-long' };

/** In the spirit of tus 1.0: a piece begins exactly where the last one ended, or it is not taken at all. */
export function decidePiece(upload: UploadProgress, offset: number, length: number): PieceDecision {
  if (offset !== upload.received) return { kind: 'go-on-from', received: upload.received };
  const received = offset + length;
  if (received > upload.size) return { kind: 'too-long' };
  return { kind: 'take', received, isLast: received === upload.size };
}
