import './account.css';
import type { PortalState } from '@holdfast/contracts';
import type { ReactNode } from 'react';
import { account } from '../messages/en/account.ts';
import { goBack } from '../navigation.ts';
import { Icon } from '../parts/icon.tsx';
import { HelpdeskNote } from './helpdesk-note.tsx';

/** A page of one's own beside the mailbox: the way back above, one column below. */
export function AccountFrame(props: {
  readonly state: PortalState;
  readonly heading: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="own">
      <header className="bar">
        <button
          type="button"
          className="icon"
          aria-label={account.back}
          onClick={() => goBack({ page: 'folder', folder: 'inbox', itemId: null })}
        >
          <Icon name="back" />
        </button>
        <h1>{props.heading}</h1>
      </header>
      <HelpdeskNote state={props.state} />
      <main>{props.children}</main>
    </div>
  );
}
