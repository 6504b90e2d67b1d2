import { followStream } from '../offline/follow-stream.ts';
import { startOutbox } from './outbox.ts';

/** Everything that looks after a signed-in person's page from behind: what waits leaves, what changes is heard. */
export function leaveWhenPossible(user: string): () => void {
  const stops = [startOutbox(user), followStream(user)];
  return () => {
    for (const stop of stops) stop();
  };
}
