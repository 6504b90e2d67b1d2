import { useEffect, useState } from 'react';

/** Times in lists are told to the minute. Unit: ms. */
const TICK = 60_000;

/** The present instant, renewed every minute, so that "today" is still right after midnight. Unit: ms since epoch. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK);
    return () => clearInterval(timer);
  }, []);
  return now;
}
