import type { PortalState } from '@holdfast/contracts';
import { useMutation } from '@tanstack/react-query';
import { lazy, Suspense, useRef, useState, type RefObject } from 'react';
import { browserHasPasskeys } from '../account/browser-passkeys.ts';
import { passkeyProblem, useSignInWithPasskey } from '../account/use-passkeys.ts';
import { problemOf, trpc } from '../api.ts';
import { en } from '../messages/en.ts';
import { useRoute } from '../navigation.ts';
import { Helpdesk } from '../parts/helpdesk.tsx';
import { Icon } from '../parts/icon.tsx';
import { Skeleton } from '../parts/waiting.tsx';
import { ProblemLine } from '../parts/problem-line.tsx';
import { askedWayIn, forgetAsked, keepAsked, type AskedWayIn } from './asked-way-in.ts';
import { PasswordField } from './password-field.tsx';
import { SessionFrame } from './session-frame.tsx';
import { entered, sessionHasEnded } from './use-session.ts';

const CodeStep = lazy(() => import('./code-step.tsx').then((m) => ({ default: m.CodeStep })));

interface Missing {
  readonly login: boolean;
  readonly password: boolean;
}
const NOTHING_MISSING: Missing = { login: false, password: false };

function trimmed(field: RefObject<HTMLInputElement | null>): string {
  return field.current?.value.trim() ?? '';
}

/** One sentence for a wrong login and a wrong password: the page must not tell which logins exist. */
function words(error: unknown): string {
  const problem = problemOf(error);
  if (problem.code === 'session.wrong-credentials' || problem.code === 'input.invalid')
    return en.session.wrong;
  if (problem.code === 'session.too-many-attempts') return en.session.tooMany;
  return problem.message;
}

export function SignInPage({ state }: { readonly state: PortalState }) {
  const [asked, setAsked] = useState(() => askedWayIn(Date.now()));
  function back(): void {
    forgetAsked();
    setAsked(null);
  }
  return (
    <SessionFrame organisation={null} demo={state.demo}>
      {asked === null ? (
        <PasswordStep state={state} onAsked={setAsked} />
      ) : (
        <Suspense fallback={<Skeleton rows={3} label={en.session.signIn} />}>
          <CodeStep asked={asked} onAsked={setAsked} onBack={back} />
        </Suspense>
      )}
      <p className="hint">{en.session.neverAsks}</p>
      <Helpdesk helpdesk={state.helpdeskContact} />
    </SessionFrame>
  );
}

function PasswordStep({
  state,
  onAsked,
}: {
  readonly state: PortalState;
  readonly onAsked: (asked: AskedWayIn) => void;
}) {
  const route = useRoute();
  const login = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const [missing, setMissing] = useState<Missing>(NOTHING_MISSING);
  const signIn = useMutation(trpc.session.signIn.mutationOptions({ onSuccess: entered }));
  const request = useMutation(
    trpc.session.requestWayIn.mutationOptions({
      onSuccess: ({ ticket }, asked) => {
        const kept = { login: asked.login, ticket, askedAt: Date.now() };
        keepAsked(kept);
        onAsked(kept);
      },
    }),
  );
  function submit(): void {
    // A copied password often brings a space or a line end along.
    const typed = { login: trimmed(login), password: trimmed(password) };
    setMissing({ login: typed.login === '', password: typed.password === '' });
    if (typed.login === '') return login.current?.focus();
    if (typed.password === '') return password.current?.focus();
    request.reset();
    signIn.mutate(typed, { onError: () => password.current?.select() });
  }
  function sendWayIn(): void {
    const typed = trimmed(login);
    setMissing({ login: typed === '', password: false });
    if (typed === '') return login.current?.focus();
    signIn.reset();
    request.mutate({ login: typed });
  }
  const failed = signIn.error ?? request.error;
  return (
    <>
      <h1>{en.session.heading}</h1>
      <p className="lead">{route.page === 'ready' ? en.session.readyLead : en.session.lead}</p>
      {sessionHasEnded() && signIn.isIdle && <p className="notice">{en.session.ended}</p>}
      <ProblemLine text={failed === null ? null : words(failed)} />
      <form
        method="post"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div className="field">
          <label htmlFor="login">{en.session.login}</label>
          <input
            id="login"
            name="login"
            ref={login}
            type="text"
            inputMode="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            aria-invalid={missing.login}
            aria-describedby="login-note"
          />
          <p id="login-note" className="error">
            {missing.login && en.session.loginMissing}
          </p>
        </div>
        <PasswordField
          label={en.session.password}
          autoComplete="current-password"
          hint={en.session.passwordHint}
          field={password}
          error={missing.password ? en.session.passwordMissing : null}
        />
        <button className="btn primary" type="submit" disabled={signIn.isPending}>
          {signIn.isPending ? en.session.signingIn : en.session.signIn}
        </button>
      </form>
      <section className="other-ways" aria-labelledby="other-ways">
        <h2 id="other-ways">{en.session.withoutPassword}</h2>
        <p className="hint">{en.session.wayInHint}</p>
        <button type="button" className="btn wide" disabled={request.isPending} onClick={sendWayIn}>
          {en.session.sendWayIn}
        </button>
        {state.passkeys && browserHasPasskeys() && <PasskeyButton />}
      </section>
      <details>
        <summary>{en.session.help}</summary>
        <p>{en.session.helpText}</p>
      </details>
    </>
  );
}

function PasskeyButton() {
  const signIn = useSignInWithPasskey();
  return (
    <>
      <ProblemLine text={signIn.error === null ? null : passkeyProblem(signIn.error)} />
      <button
        type="button"
        className="btn wide"
        disabled={signIn.isPending}
        onClick={() => signIn.mutate()}
      >
        <Icon name="key" />
        {en.session.usePasskey}
      </button>
    </>
  );
}
