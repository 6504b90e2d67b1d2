import type { PortalState } from '@holdfast/contracts';
import { useMutation } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { problemOf, trpc } from '../api.ts';
import { MIN_PASSWORD_LENGTH } from '../limits.ts';
import { en } from '../messages/en.ts';
import { PasswordField } from './password-field.tsx';
import { SessionFrame } from './session-frame.tsx';
import { setSession } from './use-session.ts';

export function ChoosePasswordPage({ state }: { readonly state: PortalState }) {
  const form = useForm<{ readonly password: string }>({ defaultValues: { password: '' } });
  const choose = useMutation(
    trpc.session.choosePassword.mutationOptions({ onSuccess: setSession }),
  );
  const submit = form.handleSubmit(({ password }) => choose.mutate({ password }));
  const problem = choose.isError ? problemOf(choose.error) : null;
  return (
    <SessionFrame organisation={state.organisation} demo={state.demo}>
      <h1>{en.choose.heading}</h1>
      <p className="lead">{en.choose.lead(state.user?.name ?? '')}</p>
      <div role="alert">
        {problem !== null && (
          <p className="problem">
            <i className="dot problem" />
            {problem.fields['password'] ?? problem.message}
          </p>
        )}
      </div>
      <form method="post" noValidate onSubmit={(event) => void submit(event)}>
        {/* Password managers file the new password under the login that stands here. */}
        <input
          className="visually-hidden"
          type="text"
          autoComplete="username"
          readOnly
          tabIndex={-1}
          aria-hidden="true"
          value={state.user?.address ?? ''}
        />
        <PasswordField
          label={en.choose.label}
          autoComplete="new-password"
          hint={en.choose.hint(MIN_PASSWORD_LENGTH)}
          registration={form.register('password', {
            validate: (text) =>
              text.length >= MIN_PASSWORD_LENGTH ||
              en.choose.tooShort(MIN_PASSWORD_LENGTH, text.length),
          })}
          error={form.formState.errors.password?.message}
        />
        <button className="btn primary" type="submit" disabled={choose.isPending}>
          {en.choose.submit}
        </button>
      </form>
    </SessionFrame>
  );
}
