import type { PortalState } from '@holdfast/contracts';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { problemOf, trpc } from '../api.ts';
import { wayIn } from '../messages/en/way-in.ts';
import { navigate } from '../navigation.ts';
import { Helpdesk } from '../parts/helpdesk.tsx';
import { ProblemLine } from '../parts/problem-line.tsx';
import { askedWayIn, forgetAsked } from './asked-way-in.ts';
import { SessionFrame } from './session-frame.tsx';
import { entered } from './use-session.ts';

const INBOX = { page: 'folder', folder: 'inbox', itemId: null } as const;

/**
 * Behind the link of a message. Opening it does nothing: message apps fetch links ahead. The token stands behind the `#`,
 * where no server sees it, and leaves the address bar at once.
 */
export function LinkPage({ state }: { readonly state: PortalState }) {
  const [link] = useState(() => location.hash.slice(1));
  const [asked] = useState(() => askedWayIn(Date.now()));
  const login = useRef<HTMLInputElement>(null);
  const [missing, setMissing] = useState(false);
  useEffect(() => history.replaceState(history.state, '', location.pathname), []);
  const signIn = useMutation(
    trpc.session.useWayIn.mutationOptions({
      onSuccess: (state) => {
        forgetAsked();
        navigate(INBOX, { replace: true });
        entered(state);
      },
    }),
  );

  function submit(): void {
    const typed = login.current?.value.trim() ?? '';
    setMissing(typed === '');
    if (typed === '') return login.current?.focus();
    signIn.mutate({ login: typed, way: { kind: 'link', link } });
  }

  const problem = signIn.error === null ? null : problemOf(signIn.error);
  return (
    <SessionFrame organisation={null} demo={state.demo} fragment={link}>
      <h1>{wayIn.linkHeading}</h1>
      <p className="lead">{link === '' ? wayIn.linkEmpty : wayIn.linkLead}</p>
      <ProblemLine
        text={
          problem?.code === 'session.way-in-wrong' ? wayIn.linkWrong : (problem?.message ?? null)
        }
      />
      {link !== '' && (
        <form
          method="post"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <div className="field">
            <label htmlFor="login">{wayIn.linkLogin}</label>
            <input
              id="login"
              ref={login}
              type="text"
              inputMode="email"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              defaultValue={asked?.login ?? ''}
              aria-invalid={missing}
              aria-describedby="login-note"
            />
            <p id="login-note" className={missing ? 'error' : 'hint'}>
              {missing ? wayIn.linkLoginMissing : wayIn.linkLoginHint}
            </p>
          </div>
          <button className="btn primary" type="submit" disabled={signIn.isPending}>
            {signIn.isPending ? wayIn.signingIn : wayIn.signIn}
          </button>
        </form>
      )}
      {(problem !== null || link === '') && (
        <div className="buttons other-ways">
          <button
            type="button"
            className="btn"
            onClick={() => {
              forgetAsked();
              navigate(INBOX, { replace: true });
            }}
          >
            {wayIn.fresh}
          </button>
        </div>
      )}
      <Helpdesk helpdesk={state.helpdeskContact} />
    </SessionFrame>
  );
}
