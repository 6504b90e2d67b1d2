import './helpdesk-note.css';
import type { PortalState } from '@holdfast/contracts';
import { useMutation } from '@tanstack/react-query';
import { queryClient, trpc } from '../api.ts';
import { fullMoment } from '../dates.ts';
import { helpdesk } from '../messages/en/account.ts';

/** That the helpdesk has made a code: on every page, until somebody who was surely the user puts it away. */
export function HelpdeskNote({ state }: { readonly state: PortalState }) {
  const putAway = useMutation(
    trpc.account.putBannerAway.mutationOptions({
      onSuccess: () =>
        void queryClient.invalidateQueries({ queryKey: trpc.session.state.queryKey() }),
    }),
  );
  const made = state.helpdesk;
  const contact = state.helpdeskContact;
  if (made === null) return null;
  const words = made.used ? helpdesk.used : helpdesk.made;
  return (
    <section className="helpdesk-note" aria-label={helpdesk.title}>
      <i className="dot attention" />
      <p>
        <b>{words(made.by, fullMoment(made.at))}</b> {helpdesk.notMe}
        {contact?.phone && (
          <>
            {' '}
            {helpdesk.orCall(contact.name)}{' '}
            <a href={`tel:${contact.phone.e164}`}>{contact.phone.shown}</a>
          </>
        )}
      </p>
      {made.mayPutAway && (
        <button
          type="button"
          className="btn"
          disabled={putAway.isPending}
          onClick={() => putAway.mutate()}
        >
          {helpdesk.putAway}
        </button>
      )}
    </section>
  );
}
