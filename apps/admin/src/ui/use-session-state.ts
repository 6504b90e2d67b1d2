import { useCallback, useState } from 'react';
import type { z } from 'zod';

const PREFIX = 'holdfast.';

/** State that survives a reload and going back, for this tab only; what no longer fits the schema is dropped. */
export function useSessionState<T>(
  key: string,
  schema: z.ZodType<T>,
  initial: T,
): readonly [T, (next: T | ((previous: T) => T)) => void] {
  const [value, setValue] = useState<T>(() => readStored(key, schema) ?? initial);
  const set = useCallback(
    (next: T | ((previous: T) => T)) =>
      setValue((previous) => {
        const chosen = isUpdate(next) ? next(previous) : next;
        sessionStorage.setItem(PREFIX + key, JSON.stringify(chosen));
        return chosen;
      }),
    [key],
  );
  return [value, set];
}

/** At sign-out nothing of one administrator's choices stays for the next. */
export function forgetSessionState(): void {
  for (const key of Object.keys(sessionStorage))
    if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
}

function isUpdate<T>(next: T | ((previous: T) => T)): next is (previous: T) => T {
  return typeof next === 'function';
}

function readStored<T>(key: string, schema: z.ZodType<T>): T | null {
  const stored = sessionStorage.getItem(PREFIX + key);
  if (stored === null) return null;
  try {
    const read = schema.safeParse(JSON.parse(stored));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
