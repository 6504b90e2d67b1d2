import { useState, type Ref } from 'react';
import { en } from '../messages/en.ts';

/** Paste and password managers work; showing what was typed spares a second field. */
export function PasswordField({
  label,
  autoComplete,
  field,
  error,
  hint,
}: {
  readonly label: string;
  readonly autoComplete: 'current-password' | 'new-password';
  readonly field: Ref<HTMLInputElement>;
  readonly error: string | null;
  readonly hint?: string;
}) {
  const [shown, setShown] = useState(false);
  return (
    <div className="field">
      <label htmlFor="password">{label}</label>
      <div className="with-button">
        <input
          id="password"
          name="password"
          ref={field}
          type={shown ? 'text' : 'password'}
          autoComplete={autoComplete}
          autoCapitalize="none"
          spellCheck={false}
          aria-invalid={error !== null}
          aria-describedby="password-note"
        />
        <button type="button" aria-pressed={shown} onClick={() => setShown(!shown)}>
          {shown ? en.session.hide : en.session.show}
        </button>
      </div>
      <p id="password-note" className={error === null ? 'hint' : 'error'}>
        {error ?? hint}
      </p>
    </div>
  );
}
