import { useEffect, useState } from 'react';
import { onChange } from '../storage/changes.ts';
import type { OutboxEntry } from './outbox-entry.ts';
import { outboxStore } from './outbox-store.ts';

/** Undefined until the storage has answered. */
export function useOutbox(user: string): readonly OutboxEntry[] | undefined {
  const [entries, setEntries] = useState<readonly OutboxEntry[]>();
  useEffect(() => {
    let isCurrent = true;
    const look = (): void =>
      void outboxStore.list(user).then((found) => {
        if (isCurrent) setEntries(found);
      });
    look();
    const stop = onChange('outbox', look);
    return () => {
      isCurrent = false;
      stop();
    };
  }, [user]);
  return entries;
}
