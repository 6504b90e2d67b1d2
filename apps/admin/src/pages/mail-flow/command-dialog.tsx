import type { CommandDeliveriesRequest } from '@holdfast/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { m } from '../../messages/catalogue.ts';
import type { DeliveryCommandWord } from '../../messages/vocabulary.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { HoldButton } from '../../ui/hold-button.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { toast } from '../../ui/toasts.tsx';
import { commandedWords } from './commanded-words.ts';

const words = m.mailFlow;

/** From here on the server works in the background. */
const MANY = 1000;

export interface AskedCommand {
  readonly command: DeliveryCommandWord;
  readonly allowSender: boolean;
}

/** Says for how many and what follows before it is done. Discarding wants a reason, and is held. */
export function CommandDialog({
  asked,
  count,
  selection,
  onClose,
  onDone,
}: {
  readonly asked: AskedCommand;
  readonly count: number;
  readonly selection: CommandDeliveriesRequest['selection'];
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const { command, allowSender } = asked;
  const run = useMutation(
    api.mailFlow.command.mutationOptions({
      onSuccess: async (result) => {
        toast(commandedWords(command, result));
        onDone();
        await queries.invalidateQueries({ queryKey: api.mailFlow.pathKey() });
      },
    }),
  );
  const confirm = () => run.mutate({ selection, command, reason, allowSender });
  const title = allowSender ? words.confirm.allowTitle(count) : words.confirm.title[command](count);
  const discards = command === 'discard';
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      text={allowSender ? words.confirm.allowText : words.confirm.text[command]}
      footer={
        discards ? undefined : (
          <>
            <Button onClick={onClose}>{m.cancel}</Button>
            <Button look="primary" busy={run.isPending} onClick={confirm}>
              {title}
            </Button>
          </>
        )
      }
    >
      <div className="grid gap-4">
        {selection.kind === 'matching' ? (
          <p className="text-text-2">
            {words.confirm.others} {count > MANY ? words.confirm.many : ''}
          </p>
        ) : null}
        {discards ? (
          <>
            <Field label={words.confirm.reason} hint={words.confirm.reasonHint}>
              {(control) => (
                <input
                  {...control}
                  autoComplete="off"
                  maxLength={300}
                  value={reason}
                  onChange={(event) => setReason(event.target.value)}
                  className="input"
                />
              )}
            </Field>
            <HoldButton
              label={words.confirm.hold.label}
              confirmLabel={words.confirm.hold.confirmLabel(count)}
              words={words.confirm.hold}
              disabled={reason.trim() === ''}
              busy={run.isPending}
              onConfirm={confirm}
            />
          </>
        ) : null}
        {run.isError ? <ProblemNote error={run.error} /> : null}
      </div>
    </Dialog>
  );
}
