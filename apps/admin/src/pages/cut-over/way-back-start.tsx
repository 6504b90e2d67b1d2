import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { m } from '../../messages/catalogue.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useKeepView } from './use-cut-over.ts';

const words = m.cutOver;

/** Begins the way back, with a reason; nothing about mail changes by it. */
export function WayBackStart({ name }: { readonly name: string }) {
  const keep = useKeepView();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const begin = useMutation(
    api.cutOver.wayBack.mutationOptions({
      onSuccess: (view) => {
        keep(view);
        toast(words.wayBack.begun);
      },
    }),
  );
  const missing = reason.trim() === '';
  return (
    <form
      className="surface grid gap-3 p-4"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!missing) begin.mutate({ name, reason });
      }}
    >
      <Field label={words.reason} error={tried && missing ? words.reasonNeeded : undefined}>
        {(control) => (
          <input
            {...control}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            className="input"
          />
        )}
      </Field>
      <div>
        <Button duty="operate" type="submit" busy={begin.isPending}>
          {words.wayBack.begin}
        </Button>
      </div>
      {begin.isError ? <ProblemNote error={begin.error} /> : null}
    </form>
  );
}
