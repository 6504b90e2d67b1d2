import { useId, useState, type ComponentProps, type ReactNode } from 'react';
import { m } from '../messages/catalogue.ts';

interface FieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly optional?: boolean;
  /** Receives the ids that tie the control to label, hint and error. */
  readonly children: (control: {
    readonly id: string;
    readonly 'aria-describedby': string | undefined;
    readonly 'aria-invalid': boolean;
  }) => ReactNode;
}

export function Field({ label, hint, error, optional = false, children }: FieldProps) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="font-medium">
        {label}
        {optional ? <span className="font-normal text-text-2"> · {m.optional}</span> : null}
      </label>
      {children({
        id,
        'aria-describedby': described === '' ? undefined : described,
        'aria-invalid': error !== undefined,
      })}
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className="text-sm text-text-2">
          {hint}
        </p>
      )}
      {error === undefined ? null : (
        <p id={`${id}-error`} className="text-sm text-problem-text">
          {error}
        </p>
      )}
    </div>
  );
}

/** A password that can be looked at, pasted and filled in by a password manager (WCAG 2.2 3.3.8). */
export function PasswordInput(props: ComponentProps<'input'>) {
  const [shown, setShown] = useState(false);
  return (
    <div className="relative">
      <input {...props} type={shown ? 'text' : 'password'} className="input pr-[4rem]" />
      <button
        type="button"
        className="absolute inset-y-1 right-1 rounded-control px-2.5 text-sm text-text-2 hover:bg-hover"
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
      >
        {shown ? m.signIn.hide : m.signIn.show}
      </button>
    </div>
  );
}

/** One of several, each with a line on what it means. */
export function Choice({
  name,
  checked,
  onChoose,
  label,
  text,
  disabled = false,
}: {
  readonly name: string;
  readonly checked: boolean;
  readonly onChoose: () => void;
  readonly label: string;
  readonly text?: string;
  readonly disabled?: boolean;
}) {
  const id = useId();
  return (
    <div
      className={`flex gap-3 rounded-surface border p-3 ${checked ? 'border-accent bg-accent-soft' : 'border-line bg-surface'}`}
    >
      <input
        type="radio"
        id={id}
        name={name}
        checked={checked}
        disabled={disabled}
        onChange={onChoose}
        aria-describedby={text === undefined ? undefined : `${id}-text`}
        className="tick mt-[3px]"
      />
      <div className="min-w-0">
        <label htmlFor={id} className="block font-medium">
          {label}
        </label>
        {text === undefined ? null : (
          <p id={`${id}-text`} className="text-text-2">
            {text}
          </p>
        )}
      </div>
    </div>
  );
}
