import type { PortalState } from '@holdfast/contracts';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { trpc } from '../api.ts';
import { account, ready } from '../messages/en/account.ts';
import { Link } from '../parts/link.tsx';
import { ProblemPage } from '../parts/problem.tsx';
import { Skeleton } from '../parts/waiting.tsx';
import { AccountFrame } from './account-frame.tsx';
import { AddPasskey } from './passkey-section.tsx';
import { platformOf } from './platform.ts';
import { RecoverySection } from './recovery-section.tsx';

/** Where *Make this phone ready* leads: what helps on a bad day, done on a good one. */
export function ReadyPage({ state }: { readonly state: PortalState }) {
  const view = useQuery(trpc.account.read.queryOptions());
  const left = view.data?.recoveryCodes.left ?? 0;
  return (
    <AccountFrame state={state} heading={ready.heading}>
      <p className="lead">{ready.lead}</p>
      {view.isPending ? (
        <Skeleton rows={4} label={account.loading} />
      ) : view.isError ? (
        <ProblemPage error={view.error} onRetry={() => void view.refetch()} />
      ) : (
        <ol className="ready">
          <Step done heading={ready.signedIn}>
            <p className="hint">{ready.signedInText}</p>
          </Step>
          <Step done={view.data.passkeys.length > 0} heading={ready.passkey}>
            <p className="hint">
              {view.data.passkeys.length > 0 ? ready.passkeyDone : account.passkeysText}
            </p>
            {view.data.passkeys.length === 0 && <AddPasskey state={state} />}
          </Step>
          <Step done={false} heading={ready.home}>
            <p className="hint">{ready.homeText[platformOf(navigator)]}</p>
          </Step>
          {state.access === 'closed' && (
            <Step done={false} heading={ready.rehearsal}>
              <p className="hint">{ready.rehearsalText}</p>
              <Link className="btn" to={{ page: 'rehearsal' }}>
                {ready.openRehearsal}
              </Link>
            </Step>
          )}
          <Step done={left > 0} heading={ready.card}>
            <p className="hint">{ready.cardText}</p>
            <RecoverySection view={view.data} helpdesk={state.helpdeskContact} />
          </Step>
        </ol>
      )}
      <Link className="btn primary wide" to={{ page: 'folder', folder: 'inbox', itemId: null }}>
        {ready.finish}
      </Link>
    </AccountFrame>
  );
}

function Step(props: {
  readonly done: boolean;
  readonly heading: string;
  readonly children: ReactNode;
}) {
  return (
    <li>
      <h2>
        <i className={props.done ? 'dot good' : 'dot hollow'} />
        {props.heading}
      </h2>
      {props.children}
    </li>
  );
}
