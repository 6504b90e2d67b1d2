import './session.css';
import { useMutation } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { problemOf, trpc } from '../api.ts';
import { en } from '../messages/en.ts';
import { PasswordField } from './password-field.tsx';
import { SessionFrame } from './session-frame.tsx';
import { forgetMail, sessionHasEnded, setSession } from './use-session.ts';

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
  const form = useForm<Fields>({ defaultValues: { login: '', password: '' } });
  const signIn = useMutation(
    trpc.session.signIn.mutationOptions({
      onSuccess: (state) => {
        forgetMail();
        setSession(state);
      },
      onError: () => form.setFocus('password', { shouldSelect: true }),
    }),
  );
  const { errors } = form.formState;
  const submit = form.handleSubmit((fields) => {
    // A copied password often brings a space or a line end along.
    signIn.mutate({ login: fields.login.trim(), password: fields.password.trim() });
  });
  return (
    <SessionFrame organisation={null} demo={demo}>
      <h1>{en.session.heading}</h1>
      <p className="lead">{en.session.lead}</p>
      {sessionHasEnded() && signIn.isIdle && <p className="notice">{en.session.ended}</p>}
      <div role="alert">
        {signIn.isError && (
          <p className="problem">
            <i className="dot problem" />
            {words(signIn.error)}
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
          registration={form.register('password', { required: en.session.passwordMissing })}
          error={errors.password?.message}
        />
        <button className="btn primary" type="submit" disabled={signIn.isPending}>
          {signIn.isPending ? en.session.signingIn : en.session.signIn}
        </button>
      </form>
      <details>
        <summary>{en.session.help}</summary>
        <p>{en.session.helpText}</p>
      </details>
      <p className="hint">{en.session.neverAsks}</p>
    </SessionFrame>
  );
}
