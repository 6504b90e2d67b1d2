import { useEffect } from 'react';

/** `Ctrl K`, `?` and `/` everywhere; the last two not while somebody types. */
export function useFrameKeys(act: {
  readonly palette: () => void;
  readonly shortcuts: () => void;
}): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        act.palette();
        return;
      }
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === '?') act.shortcuts();
      if (event.key === '/') {
        const filter = document.querySelector<HTMLInputElement>('[data-list-filter]');
        if (filter === null) return;
        event.preventDefault();
        filter.focus();
        filter.select();
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches('input:not([type=checkbox],[type=radio]), textarea, select'))
  );
}
