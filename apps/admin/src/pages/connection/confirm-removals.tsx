import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { m } from '../../messages/catalogue.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';

const words = m.wizard.refresh;

/** The way on after a refresh that stopped to ask: nothing is removed before somebody has read what it means. */
export function ConfirmRemovals({
  runId,
  detail,
}: {
  readonly runId: string;
  readonly detail: string | null;
}) {
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const confirm = useMutation(
    api.directory.confirmRemovals.mutationOptions({
      onSuccess: async () => {
        setAsking(false);
        await queries.invalidateQueries({ queryKey: api.directory.state.queryKey() });
      },
    }),
  );
  const close = () => {
    setAsking(false);
    confirm.reset();
  };
  return (
    <>
      <Button duty="operate" className="mt-2" onClick={() => setAsking(true)}>
        {words.confirm}
      </Button>
      <Dialog
        open={asking}
        onClose={close}
        title={words.confirmTitle}
        text={words.confirmText}
        footer={
          <>
            <Button onClick={close}>{m.cancel}</Button>
            <Button
              duty="operate"
              look="problem"
              busy={confirm.isPending}
              onClick={() => confirm.mutate({ runId })}
            >
              {words.confirmDo}
            </Button>
          </>
        }
      >
        {detail === null ? null : <p>{detail}</p>}
        {confirm.isError ? <ProblemNote error={confirm.error} /> : null}
      </Dialog>
    </>
  );
}
