import type { PortalState } from '@holdfast/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { HelpdeskNote } from '../account/helpdesk-note.tsx';
import { trpc } from '../api.ts';
import { closedNow, ready } from '../messages/en/account.ts';
import { en } from '../messages/en.ts';
import { Helpdesk } from '../parts/helpdesk.tsx';
import { Link } from '../parts/link.tsx';
import { SessionFrame } from './session-frame.tsx';
import { SignOutButton } from './sign-out-button.tsx';

/** Signed in, but no event: the mail is where it always is. */
export function ClosedPage({ state }: { readonly state: PortalState }) {
  const queries = useQueryClient();
  return (
    <>
      <HelpdeskNote state={state} />
      <SessionFrame organisation={state.organisation} demo={state.demo}>
        <h1>{en.closed.heading}</h1>
        <p className="lead">{en.closed.lead(state.organisation ?? '')}</p>
        <h2>{en.closed.now}</h2>
        <ul className="offers">
          <li>
            <Link className="btn wide primary" to={{ page: 'ready' }}>
              {ready.heading}
            </Link>
            <p className="hint">{ready.lead}</p>
          </li>
          <li>
            <Link className="btn wide" to={{ page: 'rehearsal' }}>
              {ready.openRehearsal}
            </Link>
            <p className="hint">{closedNow.rehearsalText}</p>
          </li>
          <li>
            <Link className="btn wide" to={{ page: 'people' }}>
              {closedNow.contacts}
            </Link>
            <p className="hint">{closedNow.contactsText}</p>
          </li>
        </ul>
        <ul className="steps">
          {en.closed.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ul>
        <div className="buttons">
          <Link className="btn" to={{ page: 'account' }}>
            {closedNow.account}
          </Link>
          <button
            type="button"
            className="btn"
            onClick={() =>
              void queries.invalidateQueries({ queryKey: trpc.session.state.queryKey() })
            }
          >
            {en.closed.again}
          </button>
          <SignOutButton />
        </div>
        <Helpdesk helpdesk={state.helpdeskContact} />
      </SessionFrame>
    </>
  );
}
