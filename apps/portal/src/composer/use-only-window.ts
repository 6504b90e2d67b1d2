import { useEffect, useState } from 'react';

/**
 * Two windows of one browser share what is kept on the device, and would write over each other. Undefined until it is
 * known; where there are no locks (plain HTTP) always true, and the server keeps both texts.
 */
export function useOnlyWindow(draftKey: string): boolean | undefined {
  const [isOnly, setOnly] = useState<boolean | undefined>('locks' in navigator ? undefined : true);
  useEffect(() => {
    if (!('locks' in navigator)) return undefined;
    let release: () => void = () => undefined;
    const until = new Promise<void>((resolve) => {
      release = resolve;
    });
    void navigator.locks.request(`holdfast-draft-${draftKey}`, { ifAvailable: true }, (lock) => {
      setOnly(lock !== null);
      return lock === null ? undefined : until;
    });
    return () => release();
  }, [draftKey]);
  return isOnly;
}
