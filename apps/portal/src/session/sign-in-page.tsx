import { useMutation } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useForm } from 'react-hook-form';
import { problemOf, trpc } from '../api.ts';
import { en } from '../messages/en.ts';
import { Skeleton } from '../parts/waiting.tsx';
import { askedWayIn, forgetAsked, keepAsked, type AskedWayIn } from './asked-way-in.ts';
import { PasswordField } from './password-field.tsx';
import { SessionFrame } from './session-frame.tsx';
import { entered, sessionHasEnded } from './use-session.ts';

const CodeStep = lazy(() => import('./code-step.tsx').then((m) => ({ default: m.CodeStep })));

interface Fields {
  readonly login: string;
  readonly password: string;
}

/** One sentence for a wrong login and a wrong password: the page must not tell which logins exist. */
function words(error: unknown): string {
  const problem = problemOf(error);
  if (problem.code === 'session.wrong-credentials' || problem.code === 'input.invalid')
    return en.session.wrong;
  if (problem.code === 'session.too-many-attempts') return en.session.tooMany;
  return problem.message;
}

export function SignInPage({ demo }: { readonly demo: boolean }) {
  const [asked, setAsked] = useState(() => askedWayIn(Date.now()));
  function back(): void {
    forgetAsked();
    setAsked(null);
  }
  return (
    <SessionFrame organisation={null} demo={demo}>
      {asked === null ? (
        <PasswordStep onAsked={setAsked} />
      ) : (
        <Suspense fallback={<Skeleton rows={3} label={en.session.signIn} />}>
          <CodeStep asked={asked} onAsked={setAsked} onBack={back} />
        </Suspense>
      )}
      <p className="hint">{en.session.neverAsks}</p>
    </SessionFrame>
  );
}

function PasswordStep({ onAsked }: { readonly onAsked: (asked: AskedWayIn) => void }) {
  const form = useForm<Fields>({ defaultValues: { login: '', password: '' } });
  const signIn = useMutation(
    trpc.session.signIn.mutationOptions({
      onSuccess: entered,
      onError: () => form.setFocus('password', { shouldSelect: true }),
    }),
  );
  const request = useMutation(
    trpc.session.requestWayIn.mutationOptions({
      onSuccess: ({ ticket }, { login }) => {
        const asked = { login, ticket, askedAt: Date.now() };
        keepAsked(asked);
        onAsked(asked);
      },
    }),
  );
  const { errors } = form.formState;
  const submit = form.handleSubmit((fields) => {
    request.reset();
    // A copied password often brings a space or a line end along.
    signIn.mutate({ login: fields.login.trim(), password: fields.password.trim() });
  });
  async function sendWayIn(): Promise<void> {
    signIn.reset();
    if (!(await form.trigger('login', { shouldFocus: true }))) return;
    request.mutate({ login: form.getValues('login').trim() });
  }
  const failed = signIn.error ?? request.error;
  return (
    <>
      <h1>{en.session.heading}</h1>
      <p className="lead">{en.session.lead}</p>
      {sessionHasEnded() && signIn.isIdle && <p className="notice">{en.session.ended}</p>}
      <div role="alert">
        {failed !== null && (
          <p className="problem">
            <i className="dot problem" />
            {words(failed)}
          </p>
        )}
      </div>
      <form method="post" noValidate onSubmit={(event) => void submit(event)}>
        <div className="field">
          <label htmlFor="login">{en.session.login}</label>
          <input
            id="login"
            type="text"
            inputMode="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            aria-invalid={errors.login !== undefined}
            aria-describedby="login-note"
            {...form.register('login', { required: en.session.loginMissing })}
          />
          <p id="login-note" className="error">
            {errors.login?.message}
          </p>
        </div>
        <PasswordField
          label={en.session.password}
          autoComplete="current-password"
          hint={en.session.passwordHint}
          registration={form.register('password', { required: en.session.passwordMissing })}
          error={errors.password?.message}
        />
        <button className="btn primary" type="submit" disabled={signIn.isPending}>
          {signIn.isPending ? en.session.signingIn : en.session.signIn}
        </button>
      </form>
      <section className="other-ways" aria-labelledby="other-ways">
        <h2 id="other-ways">{en.session.withoutPassword}</h2>
        <p className="hint">{en.session.wayInHint}</p>
        <button
          type="button"
          className="btn wide"
          disabled={request.isPending}
          onClick={() => void sendWayIn()}
        >
          {en.session.sendWayIn}
        </button>
      </section>
      <details>
        <summary>{en.session.help}</summary>
        <p>{en.session.helpText}</p>
      </details>
    </>
  );
}
