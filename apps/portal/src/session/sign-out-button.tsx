import { useMutation } from '@tanstack/react-query';
import { lazy, useState } from 'react';
import { trpc } from '../api.ts';
import { en } from '../messages/en.ts';
import { useOutboxSummary } from '../outbox/summary.ts';
import { Icon } from '../parts/icon.tsx';
import { LazyPart } from '../parts/lazy-part.tsx';
import { forgetCopies } from '../offline/use-device-copies.ts';
import { showSnack } from '../parts/snackbar.tsx';
import { forgetMail, setSession } from './use-session.ts';

const LeaveQuestion = lazy(() =>
  import('../outbox/leave-question.tsx').then((m) => ({ default: m.LeaveQuestion })),
);

/** Asks first while something waits to be sent. */
export function SignOutButton() {
  const { waiting } = useOutboxSummary();
  const [asks, setAsks] = useState(false);
  const signOut = useMutation(
    trpc.session.signOut.mutationOptions({
      onSuccess: async (next) => {
        // What is kept goes first: behind the sign-in page the device may be handed on, or the page closed.
        await forgetCopies(next);
        forgetMail();
        setSession(next);
      },
      onError: () => showSnack({ text: en.session.notSignedOut, tone: 'problem' }),
    }),
  );
  return (
    <>
      <button
        type="button"
        className="btn"
        onClick={() => (waiting > 0 ? setAsks(true) : signOut.mutate())}
      >
        <Icon name="signOut" />
        {en.session.signOut}
      </button>
      {asks && (
        <LazyPart fallback={null}>
          <LeaveQuestion
            waiting={waiting}
            onStay={() => setAsks(false)}
            onLeave={() => signOut.mutate()}
          />
        </LazyPart>
      )}
    </>
  );
}
