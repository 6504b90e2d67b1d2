import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { api } from '../../api.ts';
import { m } from '../../messages/catalogue.ts';
import { readProblem } from '../../session/problem.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Skeleton } from '../../ui/page.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { toast } from '../../ui/toasts.tsx';

const words = m.exchange;

/** The script to read, copy or save, and the word that it was run. */
export function ExchangeScriptDialog({
  open,
  onClose,
}: {
  readonly open: boolean;
  readonly onClose: () => void;
}) {
  const script = useQuery({
    ...api.exchange.script.queryOptions({ purpose: 'establish' }),
    enabled: open,
  });
  return (
    <Dialog open={open} onClose={onClose} wide title={words.scriptTitle} text={words.scriptText}>
      {script.isPending ? <Skeleton rows={5} height={18} /> : null}
      {script.isError ? (
        <ProblemNote error={script.error} retry={() => void script.refetch()} />
      ) : null}
      {script.data === undefined ? null : <Script text={script.data.script} />}
      <ConfirmForm onConfirmed={onClose} />
    </Dialog>
  );
}

function Script({ text }: { readonly text: string }) {
  return (
    <div className="surface overflow-hidden">
      <div className="flex justify-end gap-1 border-b border-line px-2 py-1">
        <CopyButton value={text} label={words.copyScript} />
        <Button look="quiet" onClick={() => save(words.fileName, text)}>
          {words.download}
        </Button>
      </div>
      <pre tabIndex={0} className="max-h-[38dvh] overflow-auto px-3 py-2 font-mono text-xs">
        {text}
      </pre>
    </div>
  );
}

function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

function ConfirmForm({ onConfirmed }: { readonly onConfirmed: () => void }) {
  const queries = useQueryClient();
  const [result, setResult] = useState('');
  const [note, setNote] = useState('');
  const confirm = useMutation(
    api.exchange.confirmScript.mutationOptions({
      onSuccess: async (view) => {
        queries.setQueryData(api.exchange.get.queryKey(), view);
        await queries.invalidateQueries();
        toast(words.confirmed);
        onConfirmed();
      },
    }),
  );
  const problem = confirm.isError ? readProblem(confirm.error) : null;
  const wrong = problem?.kind === 'refused' ? problem.error.fields?.['result'] : undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    confirm.mutate({ result, note });
  };
  return (
    <form onSubmit={submit} className="mt-5 grid gap-3">
      <h3>{words.resultTitle}</h3>
      <Field label={words.result} hint={words.resultHint} error={wrong}>
        {(control) => (
          <textarea
            {...control}
            rows={2}
            required
            value={result}
            onChange={(event) => setResult(event.target.value)}
            className="input font-mono text-xs"
          />
        )}
      </Field>
      <Field label={words.note} hint={words.noteHint} optional>
        {(control) => (
          <input
            {...control}
            value={note}
            maxLength={500}
            onChange={(event) => setNote(event.target.value)}
            className="input"
          />
        )}
      </Field>
      {confirm.isError && wrong === undefined ? <ProblemNote error={confirm.error} /> : null}
      <div>
        <Button
          duty="operate"
          type="submit"
          busy={confirm.isPending}
          disabled={result.trim() === ''}
        >
          {words.confirm}
        </Button>
      </div>
    </form>
  );
}
