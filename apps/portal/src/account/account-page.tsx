import type { AccountView, PortalState } from '@holdfast/contracts';
import { useQuery } from '@tanstack/react-query';
import { lazy } from 'react';
import { trpc } from '../api.ts';
import { account } from '../messages/en/account.ts';
import { Helpdesk } from '../parts/helpdesk.tsx';
import { Link } from '../parts/link.tsx';
import { LazyPart } from '../parts/lazy-part.tsx';
import { ProblemPage } from '../parts/problem.tsx';
import { Skeleton } from '../parts/waiting.tsx';
import { AccountFrame } from './account-frame.tsx';
import { DeviceSection } from './device-section.tsx';
import { LanguageSection } from './language-section.tsx';
import { KeptMailSection } from '../offline/kept-mail-section.tsx';
import { PasskeySection } from './passkey-section.tsx';
import { PasswordSection } from './password-section.tsx';
import { RecoverySection } from './recovery-section.tsx';

const PushSection = lazy(() =>
  import('../push/push-section.tsx').then((m) => ({ default: m.PushSection })),
);

export function AccountPage({ state }: { readonly state: PortalState }) {
  const view = useQuery(trpc.account.read.queryOptions());
  return (
    <AccountFrame state={state} heading={account.heading}>
      {view.isPending ? (
        <Skeleton rows={5} label={account.loading} />
      ) : view.isError ? (
        <ProblemPage error={view.error} onRetry={() => void view.refetch()} />
      ) : (
        <Sections state={state} view={view.data} />
      )}
    </AccountFrame>
  );
}

function Sections({ state, view }: { readonly state: PortalState; readonly view: AccountView }) {
  return (
    <>
      <p className="login">
        <bdi>{view.login}</bdi>
      </p>
      <section aria-labelledby="ways">
        <h2 id="ways">{account.ways}</h2>
        <p className="hint">{account.told}</p>
        <PasskeySection state={state} passkeys={view.passkeys} />
        <PasswordSection login={view.login} has={view.hasPassword} />
        <section aria-labelledby="codes">
          <h3 id="codes">{account.codes}</h3>
          <p className="hint">{account.codesText}</p>
          <RecoverySection view={view} helpdesk={state.helpdeskContact} />
        </section>
      </section>
      <DeviceSection devices={view.devices} />
      <KeptMailSection user={state.user?.address ?? ''} />
      {(state.access === 'open' || state.access === 'read-only') && (
        <LazyPart fallback={<Skeleton rows={1} label={account.loading} />} isExtra>
          <PushSection user={state.user?.address ?? ''} />
        </LazyPart>
      )}
      <LanguageSection />
      <section aria-labelledby="reach">
        <h2 id="reach">{account.reach}</h2>
        <p className="hint">{view.channels.length === 0 ? account.reachNone : account.reachText}</p>
        {view.channels.length > 0 && (
          <ul className="cards">
            {view.channels.map(({ kind, masked, verified, weak }) => (
              <li key={`${kind} ${masked}`}>
                <p>
                  <b>
                    <bdi>{masked}</bdi>
                  </b>
                  <span className="hint">
                    {account.channel[kind]}, {verified ? account.verified : account.unverified}
                    {weak && `; ${account.weak}`}
                  </span>
                </p>
              </li>
            ))}
          </ul>
        )}
        <p className="hint">{account.reachChange}</p>
        <Helpdesk helpdesk={state.helpdeskContact} />
      </section>
      <Link className="btn wide" to={{ page: 'ready' }}>
        {account.ready}
      </Link>
    </>
  );
}
