import { useState } from 'react';
import type { UseFormRegisterReturn } from 'react-hook-form';
import { en } from '../messages/en.ts';

/** Paste and password managers work; showing what was typed spares a second field. */
export function PasswordField(props: {
  readonly label: string;
  readonly autoComplete: 'current-password' | 'new-password';
  readonly registration: UseFormRegisterReturn;
  readonly error: string | undefined;
  readonly hint?: string;
}) {
  const [shown, setShown] = useState(false);
  return (
    <div className="field">
      <label htmlFor="password">{props.label}</label>
      <div className="with-button">
        <input
          id="password"
          type={shown ? 'text' : 'password'}
          autoComplete={props.autoComplete}
          autoCapitalize="none"
          spellCheck={false}
          aria-invalid={props.error !== undefined}
          aria-describedby="password-note"
          {...props.registration}
        />
        <button type="button" aria-pressed={shown} onClick={() => setShown(!shown)}>
          {shown ? en.session.hide : en.session.show}
        </button>
      </div>
      <p id="password-note" className={props.error === undefined ? 'hint' : 'error'}>
        {props.error ?? props.hint}
      </p>
    </div>
  );
}
