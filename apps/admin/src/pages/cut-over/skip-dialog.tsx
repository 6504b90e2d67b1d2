import type { StepView } from '@holdfast/contracts';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { m } from '../../messages/catalogue.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useKeepView } from './use-cut-over.ts';

const words = m.cutOver;

/** Passing a step over wants a reason, and says what may go wrong. */
export function SkipDialog({
  step,
  name,
  open,
  onClose,
}: {
  readonly step: StepView;
  readonly name: string;
  readonly open: boolean;
  readonly onClose: () => void;
}) {
  const keep = useKeepView();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const skip = useMutation(
    api.cutOver.skip.mutationOptions({
      onSuccess: (view) => {
        keep(view);
        onClose();
      },
    }),
  );
  const missing = reason.trim() === '';
  const submit = () => {
    setTried(true);
    if (!missing) skip.mutate({ name, step: step.step, reason });
  };
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={words.skipTitle(step.title)}
      text={words.skipText}
      footer={
        <>
          <Button onClick={onClose}>{m.cancel}</Button>
          <Button look="primary" busy={skip.isPending} onClick={submit}>
            {words.skip}
          </Button>
        </>
      }
    >
      <div className="grid gap-4 pt-1">
        <p>{step.risk}</p>
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
        {skip.isError ? <ProblemNote error={skip.error} /> : null}
      </div>
    </Dialog>
  );
}
