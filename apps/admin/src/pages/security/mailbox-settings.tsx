import type { ListCopyView } from '@holdfast/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { m } from '../../messages/catalogue.ts';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/page.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { State, type Tone } from '../../ui/state.tsx';

const words = m.office365Lists;

type UserState = NonNullable<ListCopyView['report']>['users']['state'];

const TONE: Readonly<Record<UserState, Tone>> = {
  waiting: 'neutral',
  running: 'neutral',
  done: 'good',
  failed: 'attention',
};

/** How the reading of the mailboxes goes, and the rest of them on demand. */
export function MailboxSettings({
  copy,
  report,
}: {
  readonly copy: ListCopyView;
  readonly report: NonNullable<ListCopyView['report']>;
}) {
  const queries = useQueryClient();
  const begin = useMutation(
    api.security.copyUsers.mutationOptions({
      onSuccess: (next) => queries.setQueryData(api.security.copy.queryKey(), next),
    }),
  );
  const { read, unread } = copy.mailboxes;
  const { state, detail, unreadable } = report.users;
  const underWay = state === 'waiting' || state === 'running';
  return (
    <Section
      title={words.users}
      text={words.usersText}
      actions={
        unread === 0 || underWay ? undefined : (
          <Button duty="operate" busy={begin.isPending} onClick={() => begin.mutate()}>
            {words.readRest(unread)}
          </Button>
        )
      }
    >
      <div className="surface px-5 py-3">
        <p className="flex flex-wrap gap-x-4 gap-y-1" aria-live="polite">
          <State tone={unread === 0 ? 'good' : TONE[state]}>
            {words.usersState[state]} · {words.usersRead(read, read + unread)}
          </State>
          <span className="num text-text-2">
            {words.usersHave(copy.ofUsers.entries, copy.ofUsers.users)}
          </span>
        </p>
        {underWay ? (
          <progress className="mt-2 w-full" value={read} max={Math.max(read + unread, 1)} />
        ) : null}
        {detail === null ? null : <p className="mt-2 text-text-2">{detail}</p>}
        {unreadable.length === 0 ? null : (
          <details className="mt-2">
            <summary className="cursor-default text-text-2">
              {words.unreadable} ({unreadable.length})
            </summary>
            <ul className="mt-1 grid gap-1 text-sm">
              {unreadable.map((mailbox) => (
                <li key={mailbox.address} className="break-words">
                  <b className="font-medium">{mailbox.address}</b>: {mailbox.detail}
                </li>
              ))}
            </ul>
          </details>
        )}
        {begin.isError ? (
          <div className="mt-3">
            <ProblemNote error={begin.error} />
          </div>
        ) : null}
      </div>
    </Section>
  );
}
