import { vi } from 'vitest';

/**
 * A device without room, as browsers say it: whatever is written there fails, reading and taking away work. `fits`: what
 * still has room, as long as copies of mail are gone, say. Returns how to make room again.
 */
export function fillDisk(fits: () => boolean = () => false): () => void {
  const prototype = IDBObjectStore.prototype;
  // oxlint-disable-next-line typescript/unbound-method -- applied to its store below
  const { put } = prototype;
  const spy = vi.spyOn(prototype, 'put').mockImplementation(function full(
    this: IDBObjectStore,
    ...given: Parameters<IDBObjectStore['put']>
  ) {
    if (fits()) return put.apply(this, given);
    throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
  });
  return () => spy.mockRestore();
}
