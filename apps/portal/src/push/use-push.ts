import type { PortalState } from '@holdfast/contracts';
import { useEffect } from 'react';
import { mayBeSubscribed } from './push-answer.ts';

/** Loaded only where somebody has asked to be told. */
export function usePush(state: PortalState | undefined): void {
  const user = state?.user?.address;
  const { access, mustChoosePassword } = state ?? {};
  useEffect(() => {
    if (state === undefined || !mayBeSubscribed()) return;
    void import('./follow-push.ts').then((m) => m.followPush(state));
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- each look at the state makes a new one
  }, [user, access, mustChoosePassword]);
}
