import type { UserRow } from '@holdfast/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { api } from '../../api.ts';
import { formatInstant, placeOfReader } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { Only } from '../../session/only.tsx';
import { Button } from '../../ui/button.tsx';
import { ALTERNATE_INFO_TONE } from '../../ui/coverage-bar.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { State } from '../../ui/state.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useNow } from '../../ui/use-now.ts';
import { UserContact } from './user-contact.tsx';
import { UserSignIn } from './user-sign-in.tsx';
import { UserSenders } from './user-senders.tsx';

const words = m.users.row;

/** One person: what is known, masked, asking again, and a reset when a phone or an address is gone. */
export function UserDialog({
  user,
  onClose,
}: {
  readonly user: UserRow | null;
  readonly onClose: () => void;
}) {
  const queries = useQueryClient();
  const request = useMutation(
    api.users.requestInfo.mutationOptions({
      onSuccess: async (result) => {
        toast(m.users.request.sent(result.asked));
        onClose();
        await queries.invalidateQueries({ queryKey: api.users.pathKey() });
      },
    }),
  );
  const [confirming, setConfirming] = useState(false);
  const reset = useMutation(
    api.users.resetInfo.mutationOptions({
      onSuccess: async () => {
        toast(words.resetDone);
        setConfirming(false);
        onClose();
        await queries.invalidateQueries({ queryKey: api.users.pathKey() });
      },
    }),
  );
  if (user === null) return null;
  return (
    <Dialog
      open
      onClose={() => {
        setConfirming(false);
        onClose();
      }}
      title={user.name}
      footer={
        confirming ? (
          <>
            <Button onClick={() => setConfirming(false)}>{words.resetKeep}</Button>
            <Button
              duty="help-users"
              look="problem"
              busy={reset.isPending}
              onClick={() => reset.mutate({ userId: user.id })}
            >
              {words.resetConfirm}
            </Button>
          </>
        ) : user.protected ? (
          <>
            {user.channels.length > 0 ? (
              <Button duty="help-users" onClick={() => setConfirming(true)}>
                {words.reset}
              </Button>
            ) : null}
            <Button
              duty="help-users"
              busy={request.isPending}
              onClick={() => request.mutate({ kind: 'users', userIds: [user.id] })}
            >
              {words.request}
            </Button>
          </>
        ) : undefined
      }
    >
      {confirming ? (
        <p>{words.resetWhat}</p>
      ) : (
        <>
          <UserFacts user={user} />
          {user.protected ? (
            <Only duty="help-users">
              <UserSignIn key={user.id} user={user} />
              <UserContact key={`contact-${user.id}`} user={user} />
            </Only>
          ) : null}
          <Only duty="look">
            <UserSenders user={user} />
          </Only>
        </>
      )}
      {request.isError || reset.isError ? (
        <div className="mt-4">
          <ProblemNote error={request.error ?? reset.error} />
        </div>
      ) : null}
    </Dialog>
  );
}

function UserFacts({ user }: { readonly user: UserRow }) {
  const now = useNow();
  const at = (iso: string | null) =>
    iso === null ? m.none : formatInstant(iso, now, placeOfReader());
  return (
    <dl className="grid gap-y-3">
      <Fact label={words.address}>{user.address}</Fact>
      {user.aliases.length === 0 ? null : (
        <Fact label={words.aliases}>{user.aliases.join(', ')}</Fact>
      )}
      <Fact label={m.users.column.kind}>{m.state.kind[user.kind]}</Fact>
      <Fact label={words.protection}>
        {user.reason !== null ? (
          m.ineligible.why(user.reason)
        ) : (
          <State tone={user.protected ? (user.effective ? 'good' : 'attention') : 'hollow'}>
            {user.protected
              ? user.effective
                ? words.effective
                : `${words.isProtected}; ${m.users.notEffective}`
              : m.users.notProtected}
          </State>
        )}
      </Fact>
      {user.eligible ? (
        <>
          <Fact label={words.channels}>
            <State tone={ALTERNATE_INFO_TONE[user.alternateInfo]}>
              {m.state.alternateInfo[user.alternateInfo]}
            </State>
            <Channels user={user} />
          </Fact>
          <Fact label={words.asked}>{at(user.lastAskedAt)}</Fact>
          <Fact label={words.signedIn}>
            {user.lastSignInDrill
              ? m.users.signedInOn(at(user.lastSignInAt), true)
              : at(user.lastSignInAt)}
          </Fact>
        </>
      ) : null}
    </dl>
  );
}

function Channels({ user }: { readonly user: UserRow }) {
  if (user.channels.length === 0) return <p className="text-text-2">{words.noChannels}</p>;
  return (
    <ul className="mt-1">
      {user.channels.map((channel) => (
        <li key={`${channel.kind}-${channel.masked}`} className="num">
          {m.state.channel[channel.kind]} {channel.masked}{' '}
          <span className="text-text-2">
            · {words.channelState[channel.state]}
            {channel.shared ? ` · ${words.shared}` : ''}
            {channel.weak ? ` · ${words.weak}` : ''}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="grid gap-x-4 sm:grid-cols-[160px_1fr]">
      <dt className="text-text-2">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}
