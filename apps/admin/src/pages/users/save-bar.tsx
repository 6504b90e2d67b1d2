import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { m } from '../../messages/catalogue.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { toast } from '../../ui/toasts.tsx';
import { countChanges, type PendingChanges } from './pending-changes.ts';

/** Waits at the foot of the page and says what saving will do. */
export function SaveBar({
  changes,
  onDone,
}: {
  readonly changes: PendingChanges;
  readonly onDone: () => void;
}) {
  const queries = useQueryClient();
  const save = useMutation(
    api.users.saveProtection.mutationOptions({
      onSuccess: async (result) => {
        toast(
          [
            m.users.saved(result.protected, result.unprotected),
            ...(result.refused.length > 0 ? [m.users.refused(result.refused.length)] : []),
          ].join('. '),
        );
        onDone();
        await queries.invalidateQueries();
      },
    }),
  );
  if (countChanges(changes) === 0) return <div role="status" />;
  const words = describe(changes);
  return (
    <div className="sticky bottom-5 z-10 mt-4 grid gap-2 max-md:bottom-3">
      {save.isError ? <ProblemNote error={save.error} /> : null}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-surface border border-line-strong bg-surface py-2.5 pr-3 pl-[18px] shadow-float">
        <div role="status" className="min-w-0 flex-[1_1_260px]">
          <b className="num">{words.title}</b>{' '}
          <span className="text-text-2 md:ml-2">{words.text}</span>
        </div>
        <div className="ml-auto flex gap-2">
          <Button disabled={save.isPending} onClick={onDone}>
            {m.discard}
          </Button>
          <Button
            duty="operate"
            look="primary"
            busy={save.isPending}
            onClick={() => save.mutate(changes)}
          >
            {m.saveChanges}
          </Button>
        </div>
      </div>
    </div>
  );
}

function describe(changes: PendingChanges): { readonly title: string; readonly text: string } {
  const on = changes.protect.length;
  const off = changes.unprotect.length;
  if (off === 0) return { title: m.users.willProtect(on), text: m.users.willProtectText };
  if (on === 0) return { title: m.users.willUnprotect(off), text: m.users.willUnprotectText };
  return { title: m.users.willBoth(on, off), text: m.users.willBothText };
}
