import type { PortalState } from '@holdfast/contracts';
import { useEffect } from 'react';

/** Keeps the drafts of whoever is signed in on this device and on the server. Loaded behind the first page. */
export function useDraftsOf(state: PortalState | undefined): void {
  const user = state?.user?.address ?? null;
  const mayKeep = state?.mustChoosePassword === false && state.access !== 'closed';
  const isKnown = state !== undefined;
  useEffect(() => {
    if (!isKnown || !mayHaveLeft()) return;
    void import('./leave-only-unsent.ts').then((m) => m.leaveOnlyUnsent(user));
  }, [isKnown, user]);
  useEffect(() => {
    if (user === null || !mayKeep) return undefined;
    let stops: readonly (() => void)[] = [];
    let isCurrent = true;
    void import('./draft-service.ts').then(({ startDrafts, resumeUploads }) => {
      if (!isCurrent) return;
      stops = [startDrafts(user), resumeUploads(user)];
    });
    return () => {
      isCurrent = false;
      for (const stop of stops) stop();
    };
  }, [user, mayKeep]);
}

/** Somebody has used the portal on this device. */
function mayHaveLeft(): boolean {
  try {
    return localStorage.length > 0;
  } catch {
    return false;
  }
}
