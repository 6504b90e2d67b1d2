import { useState } from 'react';
import { Field } from './field.tsx';

/** Why something begins; that it is missing is said once the field was left. */
export function ReasonField({
  label,
  hint,
  needed,
  value,
  onChange,
}: {
  readonly label: string;
  readonly hint: string;
  readonly needed: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const [left, setLeft] = useState(false);
  return (
    <Field label={label} hint={hint} error={left && value.trim() === '' ? needed : undefined}>
      {(control) => (
        <input
          {...control}
          maxLength={500}
          value={value}
          onBlur={() => setLeft(true)}
          onChange={(event) => onChange(event.target.value)}
          className="input"
        />
      )}
    </Field>
  );
}
