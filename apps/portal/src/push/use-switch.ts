import { useEffect, useState } from 'react';
import { problemOf } from '../api.ts';
import { push as words } from '../messages/en/push.ts';
import type { PushStanding } from './push-standing.ts';
import { permissionNow, standingNow } from './subscription.ts';

export interface PushSwitch {
  /** Null: not known yet. */
  readonly standing: PushStanding | null;
  readonly isBusy: boolean;
  readonly problem: string | null;
  /** What is to be known besides, and is no fault: the browser asks, or was not answered. */
  readonly note: string | null;
  readonly turn: (change: () => Promise<PushStanding>) => void;
}

/** How push stands on this device, and what became of the last change. */
export function useSwitch(): PushSwitch {
  const [standing, setStanding] = useState<PushStanding | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [note, setNote] = useState<string | null>(null);
  const look = (): Promise<void> =>
    standingNow().then(setStanding, () => setStanding('unsupported'));
  useEffect(() => void look(), []);
  async function run(change: () => Promise<PushStanding>): Promise<void> {
    try {
      await change();
      setNote(permissionNow() === 'default' ? words.notAnswered : null);
    } catch (error) {
      setNote(null);
      // Browsers refuse with a DOMException, whose words are for developers.
      setProblem(error instanceof DOMException ? words.browserRefused : problemOf(error).message);
    }
    // Also after a failure, which may have come halfway.
    await look();
  }
  return {
    standing,
    isBusy,
    problem,
    note,
    turn: (change) => {
      setBusy(true);
      setProblem(null);
      setNote(permissionNow() === 'default' ? words.browserAsks : null);
      void run(change).then(() => setBusy(false));
    },
  };
}
