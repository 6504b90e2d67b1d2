import './snackbar.css';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { en } from '../messages/en.ts';
import { useRoute } from '../navigation.ts';
import type { Route } from '../router.ts';
import { Icon } from './icon.tsx';
import { afterwards } from './snack-time.ts';

export interface Snack {
  readonly text: string;
  readonly tone?: 'plain' | 'problem';
  /** Milliseconds, when it is not the usual time. */
  readonly shownFor?: number;
  /** Says what stands on this page anyway. */
  readonly leadsTo?: Route['page'];
  readonly action?: {
    readonly label: string;
    readonly run: () => void;
    /** Milliseconds until it cannot be done any more. */
    readonly offeredFor?: number;
  };
}

let current: Snack | null = null;
const listeners = new Set<() => void>();

export function showSnack(snack: Snack | null): void {
  current = snack;
  for (const listener of listeners) listener();
}

/** The Undo that is shown, by the keyboard; nothing when there is none. */
export function undoLast(): void {
  const snack = current;
  if (snack?.action === undefined) return;
  showSnack(null);
  snack.action.run();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** One at a time, at the bottom. The live region is always there, so that what appears in it is read out. */
export function Snackbar() {
  const { page } = useRoute();
  const last = useSyncExternalStore(subscribe, () => current);
  const snack = last?.leadsTo === page ? null : last;
  useEffect(() => {
    // Seen where it leads to, it does not come back on the next page.
    if (last !== snack) showSnack(null);
  }, [last, snack]);
  const [held, setHeld] = useState<Snack | null>(null);
  // Nobody loses what they are reaching for; but for an offer that others keep the time of.
  const stays = snack !== null && held === snack && snack.action?.offeredFor === undefined;
  const letGo = (): void => setHeld(null);
  useEffect(() => {
    const later = snack === null || stays ? null : afterwards(snack);
    if (later === null) return undefined;
    const timer = setTimeout(() => {
      // On a busy device another may have come that is not drawn yet.
      if (current === snack) showSnack(later.next);
    }, later.in);
    return () => clearTimeout(timer);
  }, [snack, stays]);
  return (
    <div className="snackbar" role="status">
      {snack !== null && (
        <div
          className="snack"
          onMouseEnter={() => setHeld(snack)}
          onFocus={() => setHeld(snack)}
          onMouseLeave={letGo}
          onBlur={letGo}
        >
          {snack.tone === 'problem' && <i className="dot problem" />}
          <span>{snack.text}</span>
          {snack.action !== undefined && (
            <button
              type="button"
              onClick={() => {
                const { action } = snack;
                showSnack(null);
                action?.run();
              }}
            >
              {snack.action.label}
            </button>
          )}
          <button
            type="button"
            className="icon"
            aria-label={en.actions.dismiss}
            onClick={() => showSnack(null)}
          >
            <Icon name="close" />
          </button>
        </div>
      )}
    </div>
  );
}
