import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { m } from '../../messages/catalogue.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';

const words = m.connection.disconnect;

/** Forgets the connection; the server refuses while Email Continuity is installed, and says why. */
export function Disconnect() {
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const disconnect = useMutation(
    api.connection.disconnect.mutationOptions({
      onSuccess: async (view) => {
        setAsking(false);
        queries.setQueryData(api.connection.get.queryKey(), view);
        await queries.invalidateQueries({ queryKey: api.session.me.queryKey() });
      },
    }),
  );
  const close = () => {
    setAsking(false);
    disconnect.reset();
  };
  return (
    <>
      <Button duty="operate" look="quiet" onClick={() => setAsking(true)}>
        {words.open}
      </Button>
      <Dialog
        open={asking}
        onClose={close}
        title={words.title}
        text={words.text}
        footer={
          <>
            <Button onClick={close}>{m.cancel}</Button>
            <Button
              duty="operate"
              look="problem"
              busy={disconnect.isPending}
              onClick={() => disconnect.mutate()}
            >
              {words.submit}
            </Button>
          </>
        }
      >
        {disconnect.isError ? <ProblemNote error={disconnect.error} /> : null}
      </Dialog>
    </>
  );
}
