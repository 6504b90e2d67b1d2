import { useSyncExternalStore } from 'react';

/** *Is this your own phone?* Asked once for each person who signs in on a device; read before anything is drawn. */
export type OwnPhone = 'yes' | 'no' | 'not-asked';

const PREFIX = 'holdfast.own-phone.';
const listeners = new Set<() => void>();

export function ownPhone(user: string): OwnPhone {
  try {
    const answer = localStorage.getItem(PREFIX + user.toLowerCase());
    return answer === 'yes' || answer === 'no' ? answer : 'not-asked';
  } catch {
    // Storage is blocked: nothing can be kept, and there is nothing to ask.
    return 'no';
  }
}

export function answerOwnPhone(user: string, answer: 'yes' | 'no'): void {
  try {
    localStorage.setItem(PREFIX + user.toLowerCase(), answer);
  } catch {
    return;
  }
  for (const listener of listeners) listener();
}

/** Somebody has said yes on this device: it is worth looking for what is kept. */
export function mayHaveKept(): boolean {
  try {
    return Object.keys(localStorage).some(
      (name) => name.startsWith(PREFIX) && localStorage.getItem(name) === 'yes',
    );
  } catch {
    return false;
  }
}

export function useOwnPhone(user: string): OwnPhone {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => ownPhone(user),
  );
}
