import { useSyncExternalStore } from 'react';

const SETTING = 'holdfast.conversations';
const listeners = new Set<() => void>();

/** One row for each conversation, unless this device was set otherwise. */
export function isGrouped(): boolean {
  return localStorage.getItem(SETTING) !== 'off';
}

export function setGrouped(on: boolean): void {
  if (on) localStorage.removeItem(SETTING);
  else localStorage.setItem(SETTING, 'off');
  for (const listener of listeners) listener();
}

export function useGrouped(): boolean {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, isGrouped);
}
