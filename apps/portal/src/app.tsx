import type { PortalState } from '@holdfast/contracts';
import { lazy, useEffect, type ReactElement } from 'react';
import { en } from './messages/en.ts';
import { ProblemPage } from './parts/problem.tsx';
import { keepHelpdesk } from './parts/kept-helpdesk.ts';
import { Snackbar } from './parts/snackbar.tsx';
import { LazyPart } from './parts/lazy-part.tsx';
import { Skeleton } from './parts/waiting.tsx';
import { MailboxPage } from './mailbox/mailbox-page.tsx';
import { useDraftsOf } from './drafts/use-drafts-of.ts';
import { useDeviceCopies } from './offline/use-device-copies.ts';
import { usePush } from './push/use-push.ts';
import { useOutboxOf } from './outbox/start-outbox.ts';
import { DrillBand } from './session/drill-band.tsx';
import { useOwnLanguage } from './session/use-own-language.ts';
import { useSession } from './session/use-session.ts';
import { useRoute } from './navigation.ts';
import type { Route } from './router.ts';

// Whoever reads mail needs none of these.
const signInPage = () => import('./session/sign-in-page.tsx');
const SignInPage = lazy(() => signInPage().then((m) => ({ default: m.SignInPage })));
const LinkPage = lazy(() =>
  import('./session/link-page.tsx').then((m) => ({ default: m.LinkPage })),
);
const ChoosePasswordPage = lazy(() =>
  import('./session/choose-password-page.tsx').then((m) => ({ default: m.ChoosePasswordPage })),
);
const ClosedPage = lazy(() =>
  import('./session/closed-page.tsx').then((m) => ({ default: m.ClosedPage })),
);

const ContactsPage = lazy(() =>
  import('./session/contacts-page.tsx').then((m) => ({ default: m.ContactsPage })),
);
const AccountPage = lazy(() =>
  import('./account/account-page.tsx').then((m) => ({ default: m.AccountPage })),
);
const ReadyPage = lazy(() =>
  import('./account/ready-page.tsx').then((m) => ({ default: m.ReadyPage })),
);
const RehearsalPage = lazy(() =>
  import('./account/rehearsal-page.tsx').then((m) => ({ default: m.RehearsalPage })),
);

const Helpdesk = lazy(() => import('./parts/helpdesk.tsx').then((m) => ({ default: m.Helpdesk })));

// On a device that keeps nothing of ours nobody was signed in: a round trip less before they can be.
if (isNewHere()) void signInPage();

function isNewHere(): boolean {
  try {
    return localStorage.length === 0;
  } catch {
    return true;
  }
}

function Page() {
  const session = useSession();
  useOutboxOf(session.data);
  useDeviceCopies(session.data);
  usePush(session.data);
  const route = useRoute();
  useDraftsOf(session.data);
  useEffect(() => keepHelpdesk(session.data), [session.data]);
  const isLeaving = useOwnLanguage(session.data);
  if (session.data === undefined || isLeaving)
    return session.isError ? (
      <main>
        <ProblemPage error={session.error} onRetry={() => void session.refetch()} />
        <Helpdesk helpdesk={null} />
      </main>
    ) : (
      <main>
        <Skeleton rows={6} label={en.list.loading} />
      </main>
    );
  const state = session.data;
  const outside = pageOutside(state, route);
  if (outside === null) return <MailboxPage key={state.user?.address ?? ''} state={state} />;
  return (
    <>
      <DrillBand state={state} />
      {outside}
    </>
  );
}

/** Every page but the mailbox; null: that one. */
function pageOutside(state: PortalState, route: Route): ReactElement | null {
  if (route.page === 'way-in') return <LinkPage state={state} />;
  if (state.user === null) return <SignInPage state={state} />;
  if (state.mustChoosePassword) return <ChoosePasswordPage state={state} />;
  if (route.page === 'account') return <AccountPage state={state} />;
  if (route.page === 'ready') return <ReadyPage state={state} />;
  if (state.access !== 'closed') return null;
  if (route.page === 'rehearsal') return <RehearsalPage />;
  if (route.page === 'people') return <ContactsPage state={state} />;
  return <ClosedPage state={state} />;
}

export function App() {
  return (
    <>
      <LazyPart
        fallback={
          <main>
            <Skeleton rows={6} label={en.list.loading} />
          </main>
        }
      >
        <Page />
      </LazyPart>
      <Snackbar />
    </>
  );
}
