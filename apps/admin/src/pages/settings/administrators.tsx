import {
  administratorRole,
  type AdministratorRole,
  type AdministratorsView,
} from '@holdfast/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { formatInstant, placeOfReader } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { Only } from '../../session/only.tsx';
import { useMay } from '../../session/session.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Skeleton } from '../../ui/page.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { State } from '../../ui/state.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useNow } from '../../ui/use-now.ts';
import { InviteForm } from './invite-form.tsx';

const words = m.settings.administrators;
type Administrator = AdministratorsView['administrators'][number];
type Invitation = AdministratorsView['invitations'][number];

/** Who administers: to be seen by everyone, to be changed by owners. */
export function Administrators() {
  const [inviting, setInviting] = useState(false);
  const view = useQuery(api.administrators.list.queryOptions());
  if (view.isPending) return <Skeleton rows={3} height={44} />;
  if (view.isError) return <ProblemNote error={view.error} retry={() => void view.refetch()} />;
  return (
    <>
      <ul className="surface divide-y divide-line">
        {view.data.administrators.map((administrator) => (
          <AdministratorRow key={administrator.id} administrator={administrator} />
        ))}
        {view.data.invitations.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} />
        ))}
      </ul>
      <Only duty="own">
        <div className="mt-3">
          <Button onClick={() => setInviting(true)}>{words.invite}</Button>
        </div>
      </Only>
      <Dialog open={inviting} onClose={() => setInviting(false)} title={words.invite}>
        <InviteForm onDone={() => setInviting(false)} />
      </Dialog>
    </>
  );
}

function useSaved() {
  const queries = useQueryClient();
  return (view: AdministratorsView): void => {
    queries.setQueryData(api.administrators.list.queryKey(), view);
    void queries.invalidateQueries({ queryKey: api.session.me.queryKey() });
    void queries.invalidateQueries({ queryKey: api.overview.get.queryKey() });
  };
}

function AdministratorRow({ administrator }: { readonly administrator: Administrator }) {
  const { id, email, name, own, role } = administrator;
  const mayOwn = useMay('own');
  const saved = useSaved();
  const [removing, setRemoving] = useState(false);
  const change = useMutation(api.administrators.changeRole.mutationOptions({ onSuccess: saved }));
  const remove = useMutation(
    api.administrators.remove.mutationOptions({
      onSuccess: (view) => {
        setRemoving(false);
        toast(words.removed(name));
        saved(view);
      },
    }),
  );
  return (
    <li className="grid items-center gap-x-6 gap-y-2 px-5 py-3 sm:grid-cols-[1fr_auto_auto]">
      <div className="min-w-0">
        <p className="font-medium">
          {name} {own ? <span className="font-normal text-text-2">{words.you}</span> : null}
        </p>
        <p className="break-words text-text-2">{email}</p>
        <p className="text-sm text-text-2">{words.does[role]}</p>
      </div>
      {mayOwn ? (
        <select
          aria-label={words.roleOf(name)}
          className="input w-[10rem]"
          value={role}
          disabled={change.isPending}
          onChange={(event) => {
            const next = administratorRole.options.find((each) => each === event.target.value);
            if (next !== undefined) change.mutate({ id, role: next });
          }}
        >
          {administratorRole.options.map((each) => (
            <option key={each} value={each}>
              {m.frame.role[each]}
            </option>
          ))}
        </select>
      ) : (
        <State tone="hollow">{m.frame.role[role]}</State>
      )}
      <Only duty="own">
        <Button onClick={() => setRemoving(true)}>{words.remove}</Button>
      </Only>
      {change.isError ? (
        <div className="sm:col-span-3">
          <ProblemNote error={change.error} />
        </div>
      ) : null}
      <Dialog
        open={removing}
        onClose={() => setRemoving(false)}
        title={words.removeWhom(name)}
        footer={
          <>
            <Button onClick={() => setRemoving(false)}>{m.cancel}</Button>
            <Button look="problem" busy={remove.isPending} onClick={() => remove.mutate({ id })}>
              {words.remove}
            </Button>
          </>
        }
      >
        <div className="grid gap-3">
          <p>{words.removeWhat}</p>
          {remove.isError ? <ProblemNote error={remove.error} /> : null}
        </div>
      </Dialog>
    </li>
  );
}

function InvitationRow({ invitation }: { readonly invitation: Invitation }) {
  const { id, email, expired, expiresAt, invitedBy, name, role } = invitation;
  const now = useNow();
  const saved = useSaved();
  const again = useMutation(
    api.administrators.invite.mutationOptions({
      onSuccess: (view) => {
        toast(words.invited(email));
        saved(view);
      },
    }),
  );
  const withdraw = useMutation(api.administrators.withdraw.mutationOptions({ onSuccess: saved }));
  return (
    <li className="grid items-center gap-x-6 gap-y-2 px-5 py-3 sm:grid-cols-[1fr_auto_auto]">
      <div className="min-w-0">
        <p className="font-medium">{name}</p>
        <p className="break-words text-text-2">{email}</p>
        <p className="text-sm text-text-2">
          {expired
            ? words.expired
            : words.open(invitedBy, formatInstant(expiresAt, now, placeOfReader()))}
        </p>
      </div>
      <State tone={expired ? 'attention' : 'hollow'}>{roleWords(role)}</State>
      <Only duty="own">
        <span className="flex gap-2">
          <Button busy={again.isPending} onClick={() => again.mutate({ email, name, role })}>
            {words.again}
          </Button>
          <Button busy={withdraw.isPending} onClick={() => withdraw.mutate({ id })}>
            {words.withdraw}
          </Button>
        </span>
      </Only>
      {again.isError || withdraw.isError ? (
        <div className="sm:col-span-3">
          <ProblemNote error={again.error ?? withdraw.error} />
        </div>
      ) : null}
    </li>
  );
}

function roleWords(role: AdministratorRole): string {
  return `${m.frame.role[role]}, ${words.asked}`;
}
