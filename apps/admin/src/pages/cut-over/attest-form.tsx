import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { m } from '../../messages/catalogue.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useKeepView } from './use-cut-over.ts';

const words = m.cutOver.attest;

/** An administrator says what we may not see, and how it was seen. */
export function AttestForm({
  name,
  subject,
  value,
}: {
  readonly name: string;
  readonly subject: 'connector' | 'lock-down';
  readonly value: boolean;
}) {
  const keep = useKeepView();
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const attest = useMutation(api.cutOver.attest.mutationOptions({ onSuccess: keep }));
  const missing = note.trim() === '';
  const label =
    subject === 'connector' ? words.connectorOn : value ? words.lockDownOn : words.lockDownOff;
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!missing) attest.mutate({ name, subject, value, note });
      }}
    >
      {subject === 'connector' ? <p className="text-text-2">{words.connector}</p> : null}
      <Field label={words.note} error={tried && missing ? words.noteNeeded : undefined}>
        {(control) => (
          <input
            {...control}
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.target.value)}
            className="input"
          />
        )}
      </Field>
      <div>
        <Button duty="operate" type="submit" busy={attest.isPending}>
          {label}
        </Button>
      </div>
      {attest.isError ? <ProblemNote error={attest.error} /> : null}
    </form>
  );
}
