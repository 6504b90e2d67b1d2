import { useEffect, useState } from 'react';
import { readDraftAgain } from '../drafts/draft-store.ts';

/**
 * Two windows of one browser share what is kept on the device, and would write over each other: the second waits until the
 * first is closed, which after a reload may take a moment, and goes on with what it left. Undefined until it is known; where
 * there are no locks (plain HTTP) always true, and the server keeps both texts.
 */
export function useOnlyWindow(user: string, draftKey: string): boolean | undefined {
  const [isOnly, setOnly] = useState<boolean | undefined>('locks' in navigator ? undefined : true);
  useEffect(() => {
    if (!('locks' in navigator)) return undefined;
    const name = `holdfast-draft-${draftKey}`;
    const closed = new AbortController();
    let release: () => void = () => undefined;
    const until = new Promise<void>((resolve) => {
      release = resolve;
    });
    const goOn = (): Promise<void> => {
      setOnly(true);
      return until;
    };
    const wait = (): void => {
      setOnly(false);
      navigator.locks
        .request(name, { signal: closed.signal }, () => readDraftAgain(user, draftKey).then(goOn))
        // Closed before its turn came.
        .catch(() => undefined);
    };
    void navigator.locks.request(name, { ifAvailable: true }, (lock) =>
      lock === null ? wait() : goOn(),
    );
    return () => {
      closed.abort();
      release();
    };
  }, [user, draftKey]);
  return isOnly;
}
