import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { problemOf, queryClient, trpc } from '../api.ts';
import { MIN_PASSWORD_LENGTH } from '../limits.ts';
import { account } from '../messages/en/account.ts';
import { ProblemLine } from '../parts/problem-line.tsx';

export function PasswordSection(props: { readonly login: string; readonly has: boolean }) {
  const [open, setOpen] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const choose = useMutation(
    trpc.session.choosePassword.mutationOptions({
      onSuccess: () => {
        setOpen(false);
        void queryClient.invalidateQueries({ queryKey: trpc.account.read.queryKey() });
      },
    }),
  );
  function save(): void {
    const password = field.current?.value.trim() ?? '';
    const short = password.length < MIN_PASSWORD_LENGTH;
    setWrong(short ? account.tooShort(MIN_PASSWORD_LENGTH, password.length) : null);
    if (short) return field.current?.focus();
    choose.mutate({ password });
  }
  return (
    <section aria-labelledby="password-heading">
      <h3 id="password-heading">{account.password}</h3>
      <p className="hint">{props.has ? account.passwordSet : account.passwordNone}</p>
      <div role="status">
        {choose.isSuccess && !open && <p className="notice">{account.passwordSaved}</p>}
      </div>
      {open ? (
        <form
          method="post"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <ProblemLine text={choose.error === null ? null : problemOf(choose.error).message} />
          {/* Password managers file the new password under the login that stands here. */}
          <input
            className="visually-hidden"
            type="text"
            autoComplete="username"
            readOnly
            tabIndex={-1}
            aria-hidden="true"
            value={props.login}
          />
          <div className="field">
            <label htmlFor="new-password">{account.newPassword}</label>
            <input
              id="new-password"
              ref={field}
              type="password"
              autoComplete="new-password"
              aria-invalid={wrong !== null}
              aria-describedby="new-password-note"
            />
            <p id="new-password-note" className={wrong === null ? 'hint' : 'error'}>
              {wrong ?? account.passwordHint(MIN_PASSWORD_LENGTH)}
            </p>
          </div>
          <div className="buttons">
            <button className="btn primary" type="submit" disabled={choose.isPending}>
              {account.savePassword}
            </button>
            <button type="button" className="btn" onClick={() => setOpen(false)}>
              {account.cancel}
            </button>
          </div>
        </form>
      ) : (
        <button type="button" className="btn" onClick={() => setOpen(true)}>
          {props.has ? account.changePassword : account.choosePassword}
        </button>
      )}
    </section>
  );
}
