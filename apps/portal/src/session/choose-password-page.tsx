import type { PortalState } from '@holdfast/contracts';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { browserHasPasskeys } from '../account/browser-passkeys.ts';
import { AddPasskey } from '../account/passkey-section.tsx';
import { problemOf, trpc } from '../api.ts';
import { MIN_PASSWORD_LENGTH } from '../limits.ts';
import { en } from '../messages/en.ts';
import { Helpdesk } from '../parts/helpdesk.tsx';
import { ProblemLine } from '../parts/problem-line.tsx';
import { PasswordField } from './password-field.tsx';
import { SessionFrame } from './session-frame.tsx';
import { setSession } from './use-session.ts';

export function ChoosePasswordPage({ state }: { readonly state: PortalState }) {
  const field = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const choose = useMutation(
    trpc.session.choosePassword.mutationOptions({ onSuccess: setSession }),
  );
  function submit(): void {
    const password = field.current?.value.trim() ?? '';
    const short = password.length < MIN_PASSWORD_LENGTH;
    setWrong(short ? en.choose.tooShort(MIN_PASSWORD_LENGTH, password.length) : null);
    if (short) return field.current?.focus();
    choose.mutate({ password });
  }
  const problem = choose.isError ? problemOf(choose.error) : null;
  return (
    <SessionFrame organisation={state.organisation} demo={state.demo}>
      <h1>{en.choose.heading}</h1>
      <p className="lead">{en.choose.lead(state.user?.name ?? '')}</p>
      <ProblemLine
        text={problem === null ? null : (problem.fields['password'] ?? problem.message)}
      />
      <form
        method="post"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
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
          field={field}
          error={wrong}
        />
        <button className="btn primary" type="submit" disabled={choose.isPending}>
          {en.choose.submit}
        </button>
      </form>
      {state.passkeys && browserHasPasskeys() && (
        <section className="other-ways" aria-label={en.choose.or}>
          <h2>{en.choose.or}</h2>
          <AddPasskey state={state} />
        </section>
      )}
      <Helpdesk helpdesk={state.helpdeskContact} />
    </SessionFrame>
  );
}
