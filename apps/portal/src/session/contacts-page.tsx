import type { PortalState } from '@holdfast/contracts';
import { AccountFrame } from '../account/account-frame.tsx';
import { closedNow } from '../messages/en/account.ts';
import { PeopleList } from '../people/people-page.tsx';

/** The directory while there is no event: the mailbox is closed, the colleagues' addresses are not. */
export function ContactsPage({ state }: { readonly state: PortalState }) {
  return (
    <AccountFrame state={state} heading={closedNow.contacts}>
      <PeopleList state={state} />
    </AccountFrame>
  );
}
