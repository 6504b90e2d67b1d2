import { useEffect, useSyncExternalStore } from 'react';

const SETTING = 'holdfast.keyboard';
const listeners = new Set<() => void>();

/** On unless switched off (WCAG 2.1.4: single-key shortcuts can be turned off). */
function isOn(): boolean {
  return localStorage.getItem(SETTING) !== 'off';
}

export function setKeyboardOn(on: boolean): void {
  if (on) localStorage.removeItem(SETTING);
  else localStorage.setItem(SETTING, 'off');
  for (const listener of listeners) listener();
}

export function useKeyboardOn(): boolean {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, isOn);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest('input, textarea, select, dialog') !== null)
  );
}

/** Single keys, only while nothing is being typed and no dialog is open. */
export function useShortcuts(keys: Readonly<Record<string, (() => void) | undefined>>): void {
  useEffect(() => {
    function press(event: KeyboardEvent): void {
      if (!isOn() || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented)
        return;
      if (isTyping(event.target) || document.querySelector('dialog[open]') !== null) return;
      const action = keys[event.key];
      if (action === undefined) return;
      event.preventDefault();
      action();
    }
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [keys]);
}
