import type { PortalState } from '@holdfast/contracts';
import { useEffect } from 'react';

/** Sends what waits for whoever is signed in. Loaded behind the first page, which does not need it. */
export function useOutboxOf(state: PortalState | undefined): void {
  const user = state?.user?.address ?? null;
  // With a temporary password nothing can be sent; a change of access is worth another try.
  const access = state?.mustChoosePassword === true ? null : state?.access;
  useEffect(() => {
    if (user === null || access === null || access === undefined) return undefined;
    let stop: (() => void) | null = null;
    let isCurrent = true;
    void import('./leave-when-possible.ts').then(({ leaveWhenPossible }) => {
      if (isCurrent) stop = leaveWhenPossible(user);
    });
    return () => {
      isCurrent = false;
      stop?.();
    };
  }, [user, access]);
}
