import { useLayoutEffect, useSyncExternalStore } from 'react';
import { isForField } from './navigation.ts';

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

/** A box that was ticked has the focus and takes no letters. */
const TAKES_LETTERS = 'input:not([type=checkbox], [type=radio]), textarea, select, dialog';

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest(TAKES_LETTERS) !== null)
  );
}

/**
 * Single keys, only while nothing is being typed and no dialog is open. What gives back false has not used the key, and
 * another part may. `isFirst`: before all others.
 */
export function useShortcuts(
  keys: Readonly<Record<string, (() => unknown) | undefined>>,
  isFirst = false,
): void {
  // With what is drawn: the second of two keys right after each other means what the first has made.
  useLayoutEffect(() => {
    function press(event: KeyboardEvent): void {
      if (!isOn() || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented)
        return;
      // Letters for a field that is still being loaded: they would act on mail.
      if (isForField()) return;
      if (isTyping(event.target) || document.querySelector('dialog[open]') !== null) return;
      const action = keys[event.key];
      if (action === undefined) return;
      if (action() !== false) event.preventDefault();
    }
    addEventListener('keydown', press, { capture: isFirst });
    return () => removeEventListener('keydown', press, { capture: isFirst });
  }, [keys, isFirst]);
}
