import { en } from './messages/en.ts';
import { ProblemPage } from './parts/problem.tsx';
import { Snackbar } from './parts/snackbar.tsx';
import { Skeleton } from './parts/waiting.tsx';
import { MailboxPage } from './mailbox/mailbox-page.tsx';
import { ChoosePasswordPage } from './session/choose-password-page.tsx';
import { ClosedPage } from './session/closed-page.tsx';
import { SignInPage } from './session/sign-in-page.tsx';
import { useOutboxOf } from './outbox/start-outbox.ts';
import { useSession } from './session/use-session.ts';

function Page() {
  const session = useSession();
  useOutboxOf(session.data);
  if (session.data === undefined)
    return session.isError ? (
      <main>
        <ProblemPage error={session.error} onRetry={() => void session.refetch()} />
      </main>
    ) : (
      <main>
        <Skeleton rows={6} label={en.list.loading} />
      </main>
    );
  const state = session.data;
  if (state.user === null) return <SignInPage demo={state.demo} />;
  if (state.mustChoosePassword) return <ChoosePasswordPage state={state} />;
  if (state.access === 'closed') return <ClosedPage state={state} />;
  return <MailboxPage key={state.user.address} state={state} />;
}

export function App() {
  return (
    <>
      <Page />
      <Snackbar />
    </>
  );
}
