import type { PortalState } from '@holdfast/contracts';
import { useEffect } from 'react';
import { mayHaveKept, useOwnPhone } from './own-phone.ts';

/** Loaded only where somebody has said that the device is their own; there before the first page, else never. */
export function openFromCopies(): void {
  if (mayHaveKept()) void import('./device-copies.ts').then((m) => m.openFromCopies());
}

/** A storage that does not answer keeps nobody from signing out. Unit: ms. */
const FORGOTTEN_WITHIN = 5_000;

/** Of whoever was signed in until now. Resolves when nothing of it is left, as far as the browser lets it. */
export async function forgetCopies(state: PortalState): Promise<void> {
  if (!mayHaveKept()) return;
  const forgotten = import('./device-copies.ts').then((m) => m.followSession(state));
  await Promise.race([
    forgotten.catch(() => undefined),
    new Promise((resolve) => setTimeout(resolve, FORGOTTEN_WITHIN)),
  ]);
}

export function useDeviceCopies(state: PortalState | undefined): void {
  const answer = useOwnPhone(state?.user?.address ?? '');
  useEffect(() => {
    if (state === undefined || (answer === 'not-asked' && !mayHaveKept())) return;
    void import('./device-copies.ts').then((m) => m.followSession(state));
  }, [state, answer]);
}
