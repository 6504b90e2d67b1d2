import { startOutbox } from './outbox.ts';

/** Everything that looks after a signed-in person's page from behind: what waits leaves, then what changes is heard. */
export function leaveWhenPossible(user: string): () => void {
  const stopOutbox = startOutbox(user);
  let stopStream: (() => void) | null = null;
  let isCurrent = true;
  import('../offline/follow-stream.ts')
    .then(({ followStream }) => {
      if (isCurrent) stopStream = followStream(user);
    })
    // Not to be had just now: the page looks by itself every now and then anyway.
    .catch(() => undefined);
  return () => {
    isCurrent = false;
    stopOutbox();
    stopStream?.();
  };
}
