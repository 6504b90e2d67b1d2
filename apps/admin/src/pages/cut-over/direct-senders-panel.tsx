import type { DirectSendersView } from '@holdfast/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { m } from '../../messages/catalogue.ts';
import { Button } from '../../ui/button.tsx';
import { Note, ProblemNote } from '../../ui/problem-note.tsx';

const words = m.cutOver.direct;

/** Who still sends to Office 365 past us, as its own trace has it. */
export function DirectSendersPanel({ name }: { readonly name: string }) {
  const queries = useQueryClient();
  const look = useMutation(
    api.cutOver.directSenders.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.cutOver.get.queryKey({ name }) }),
    }),
  );
  return (
    <div className="grid gap-3">
      <div>
        <Button duty="operate" busy={look.isPending} onClick={() => look.mutate({ name })}>
          {look.data === undefined ? words.look : words.lookAgain}
        </Button>
      </div>
      {look.isError ? <ProblemNote error={look.error} /> : null}
      {look.data === undefined ? null : <Senders view={look.data} />}
    </div>
  );
}

function Senders({ view }: { readonly view: DirectSendersView }) {
  if (!view.possible) {
    return (
      <Note tone="attention">
        <p className="font-medium">{words.notPossible}</p>
        <p className="break-words">{view.detail}</p>
      </Note>
    );
  }
  if (view.senders.length === 0) return <Note tone="good">{words.none}</Note>;
  return (
    <div className="grid gap-2">
      <ul className="surface divide-y divide-line bg-surface text-sm">
        {view.senders.map((sender) => (
          <li key={`${sender.fromIp} ${sender.senderDomain}`} className="grid gap-0.5 px-3 py-2">
            <div className="flex flex-wrap gap-x-4">
              <span className="num font-mono text-xs leading-5">{sender.fromIp}</span>
              <span className="break-all">{sender.senderDomain}</span>
              <span className="num ml-auto">{words.messages(sender.messages)}</span>
            </div>
            <p className="text-text-2">{words.hint[sender.hint]}</p>
          </li>
        ))}
      </ul>
      {view.complete ? null : <p className="text-sm text-text-2">{words.capped(view.rows)}</p>}
    </div>
  );
}
