import type { PortalState } from '@holdfast/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { trpc } from '../api.ts';
import { en } from '../messages/en.ts';
import { SessionFrame } from './session-frame.tsx';
import { forgetMail, setSession } from './use-session.ts';

/** Signed in, but no event: the mail is where it always is. */
export function ClosedPage({ state }: { readonly state: PortalState }) {
  const queries = useQueryClient();
  const signOut = useMutation(
    trpc.session.signOut.mutationOptions({
      onSuccess: (next) => {
        forgetMail();
        setSession(next);
      },
    }),
  );
  return (
    <SessionFrame organisation={state.organisation} demo={state.demo}>
      <h1>{en.closed.heading}</h1>
      <p className="lead">{en.closed.lead(state.organisation ?? '')}</p>
      <h2>{en.closed.now}</h2>
      <ul className="steps">
        {en.closed.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ul>
      <div className="buttons">
        <button
          type="button"
          className="btn"
          onClick={() =>
            void queries.invalidateQueries({ queryKey: trpc.session.state.queryKey() })
          }
        >
          {en.closed.again}
        </button>
        <button type="button" className="btn" onClick={() => signOut.mutate()}>
          {en.session.signOut}
        </button>
      </div>
    </SessionFrame>
  );
}
