import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { m } from '../../messages/catalogue.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Choice } from '../../ui/field.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { toast } from '../../ui/toasts.tsx';
import { UserPicker } from './user-picker.tsx';

const words = m.users.request;

/** Asks everyone missing or chosen people; the number of requests is on the button before it is pressed. */
export function RequestDialog({
  open,
  onClose,
}: {
  readonly open: boolean;
  readonly onClose: () => void;
}) {
  const queries = useQueryClient();
  const coverage = useQuery(api.users.coverage.queryOptions());
  const [kind, setKind] = useState<'missing' | 'users'>('missing');
  const [userIds, setUserIds] = useState<readonly string[]>([]);
  const request = useMutation(
    api.users.requestInfo.mutationOptions({
      onSuccess: async (result) => {
        toast(words.sent(result.asked));
        setUserIds([]);
        onClose();
        await queries.invalidateQueries({ queryKey: api.users.pathKey() });
      },
    }),
  );
  const missing = (coverage.data?.protected ?? 0) - (coverage.data?.reachable ?? 0);
  const count = kind === 'missing' ? missing : userIds.length;
  const send = () =>
    request.mutate(kind === 'missing' ? { kind } : { kind, userIds: [...userIds] });
  return (
    <Dialog
      open={open}
      onClose={onClose}
      wide
      title={words.title}
      text={words.text}
      footer={
        <>
          <Button onClick={onClose}>{m.cancel}</Button>
          <Button look="primary" disabled={count === 0} busy={request.isPending} onClick={send}>
            {count === 0 ? words.nobody : words.confirm(count)}
          </Button>
        </>
      }
    >
      <fieldset className="grid gap-2">
        <legend className="sr-only">{words.title}</legend>
        <Choice
          name="ask"
          checked={kind === 'missing'}
          onChoose={() => setKind('missing')}
          label={words.missing}
          text={words.missingText(missing)}
        />
        <Choice
          name="ask"
          checked={kind === 'users'}
          onChoose={() => setKind('users')}
          label={words.some}
          text={words.someText}
        />
      </fieldset>
      {kind === 'users' ? (
        <div className="mt-3">
          <UserPicker chosen={userIds} onChange={setUserIds} onlyProtected />
        </div>
      ) : null}
      {request.isError ? (
        <div className="mt-3">
          <ProblemNote error={request.error} />
        </div>
      ) : null}
    </Dialog>
  );
}
