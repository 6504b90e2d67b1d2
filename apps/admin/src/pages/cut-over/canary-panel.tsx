import type { CanaryView, CutOverView, StepView } from '@holdfast/contracts';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { formatTime, placeOfReader } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { fieldError } from '../../session/problem.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useKeepView } from './use-cut-over.ts';

const words = m.cutOver.canary;

/** Choosing the mailbox, sending, and following the test message hop by hop. */
export function CanaryPanel({
  view,
  step,
}: {
  readonly view: CutOverView;
  readonly step: StepView;
}) {
  const { canary } = view;
  const under = canary !== null && ['waiting', 'accepted', 'relayed'].includes(canary.state);
  return (
    <div className="grid gap-3">
      {canary === null ? null : <Hops canary={canary} />}
      {canary?.blind != null && canary.state === 'relayed' ? (
        <CodeForm name={view.name} blind={canary.blind} />
      ) : null}
      {under || step.state === 'done' ? null : <SendForm view={view} />}
    </div>
  );
}

function Hops({ canary }: { readonly canary: CanaryView }) {
  const place = placeOfReader();
  return (
    <div>
      <p className="text-sm text-text-2">{words.hops}</p>
      <ol className="grid gap-0.5 text-sm">
        {canary.hops.map(({ hop, at, after, detail }) => (
          <li key={hop} className="grid grid-cols-[auto_1fr] gap-x-3 sm:grid-cols-[180px_90px_1fr]">
            <span>{words.hop[hop]}</span>
            <span className="num text-text-2" title={formatTime(at, place)}>
              {after === null ? formatTime(at, place) : words.after(after)}
            </span>
            <span className="col-span-full break-all text-text-2 sm:col-span-1">{detail}</span>
          </li>
        ))}
      </ol>
      {canary.state === 'arrived' ? (
        <p className="mt-1 text-sm text-text-2">
          {canary.seenBy === 'code' ? `${words.byCode} ` : ''}
          {canary.removedAt !== null
            ? words.removed
            : canary.removal === null
              ? null
              : `${words.left} ${canary.removal}`}
        </p>
      ) : null}
    </div>
  );
}

function SendForm({ view }: { readonly view: CutOverView }) {
  const keep = useKeepView();
  const [mailbox, setMailbox] = useState(view.canaryMailbox ?? '');
  const send = useMutation(
    api.cutOver.sendCanary.mutationOptions({
      onSuccess: (next) => {
        keep(next);
        toast(words.sent);
      },
    }),
  );
  const error = fieldError(send.error, 'mailbox');
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate({ name: view.name, mailbox });
      }}
    >
      <Field label={words.mailbox} hint={words.mailboxHint} error={error}>
        {(control) => (
          <input
            {...control}
            type="email"
            autoComplete="off"
            placeholder={`you@${view.name}`}
            value={mailbox}
            onChange={(event) => setMailbox(event.target.value)}
            className="input"
          />
        )}
      </Field>
      <div>
        <Button
          duty="operate"
          type="submit"
          look="primary"
          busy={send.isPending}
          disabled={mailbox.trim().length < 3}
        >
          {view.canary === null ? words.send : words.again}
        </Button>
      </div>
      {send.isError && error === undefined ? <ProblemNote error={send.error} /> : null}
    </form>
  );
}

function CodeForm({ name, blind }: { readonly name: string; readonly blind: string }) {
  const keep = useKeepView();
  const [code, setCode] = useState('');
  const confirm = useMutation(api.cutOver.confirmCanary.mutationOptions({ onSuccess: keep }));
  const error = fieldError(confirm.error, 'code');
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        confirm.mutate({ name, code });
      }}
    >
      <p>
        {words.blind}: <span className="text-text-2">{blind}</span>
      </p>
      <Field label={words.code} hint={words.codeHint} error={error}>
        {(control) => (
          <input
            {...control}
            autoComplete="one-time-code"
            autoCapitalize="characters"
            spellCheck={false}
            value={code}
            onChange={(event) => setCode(event.target.value)}
            className="input max-w-[12rem] font-mono"
          />
        )}
      </Field>
      <div>
        <Button
          duty="operate"
          type="submit"
          look="primary"
          busy={confirm.isPending}
          disabled={code.trim() === ''}
        >
          {words.confirm}
        </Button>
      </div>
      {confirm.isError && error === undefined ? <ProblemNote error={confirm.error} /> : null}
    </form>
  );
}
