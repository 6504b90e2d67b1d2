import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { m } from '../../messages/catalogue.ts';
import type { ListKind } from '../../messages/vocabulary.ts';
import { readProblem } from '../../session/problem.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { toast } from '../../ui/toasts.tsx';
import { linesOf } from '../domains/filter-draft.ts';
import { lineErrors, MAX_LINES } from './line-errors.ts';

const words = m.security;

/** Many lines at once; each refused line is named with its reason, and nothing is added until all are right. */
export function AddEntriesDialog({
  kind,
  open,
  onClose,
}: {
  readonly kind: ListKind;
  readonly open: boolean;
  readonly onClose: () => void;
}) {
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const values = linesOf(text);
  const close = () => {
    add.reset();
    setTried(false);
    onClose();
  };
  const add = useMutation(
    api.security.add.mutationOptions({
      onSuccess: (next) => {
        queries.setQueryData(api.security.lists.queryKey(), next);
        toast(words.addedToast(values.length));
        setText('');
        setNote('');
        close();
      },
    }),
  );
  const problem = add.isError ? readProblem(add.error) : null;
  const lines = problem?.kind === 'refused' ? lineErrors(problem.error.fields ?? {}, values) : [];
  const wrong =
    values.length === 0
      ? words.needOne
      : values.length > MAX_LINES
        ? words.tooMany(MAX_LINES)
        : undefined;
  const submit = () => {
    setTried(true);
    if (wrong === undefined) add.mutate({ kind, values, note });
  };
  return (
    <Dialog
      open={open}
      onClose={close}
      title={words.addTitle[kind]}
      footer={
        <>
          <Button onClick={close}>{m.cancel}</Button>
          <Button look="primary" busy={add.isPending} onClick={submit}>
            {words.add}
          </Button>
        </>
      }
    >
      <div className="grid gap-4 pt-1">
        <Field label={words.values} hint={words.valuesHint} error={tried ? wrong : undefined}>
          {(control) => (
            <textarea
              {...control}
              rows={5}
              spellCheck={false}
              autoCapitalize="off"
              value={text}
              onChange={(event) => setText(event.target.value)}
              className="input font-mono text-xs"
            />
          )}
        </Field>
        {lines.length === 0 ? null : (
          <div role="alert">
            <ul className="grid gap-1 text-sm text-problem-text">
              {lines.map((line) => (
                <li key={line.line}>
                  <b>
                    {words.line(line.line)}
                    {line.value === null ? '' : ` (${line.value})`}:
                  </b>{' '}
                  {line.message}
                </li>
              ))}
            </ul>
          </div>
        )}
        {add.isError && lines.length === 0 ? <ProblemNote error={add.error} /> : null}
        <Field label={words.note} hint={words.noteHint} optional>
          {(control) => (
            <input
              {...control}
              maxLength={200}
              value={note}
              onChange={(event) => setNote(event.target.value)}
              className="input"
            />
          )}
        </Field>
      </div>
    </Dialog>
  );
}
