import type { EnteredContactView, UserRow } from '@holdfast/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { api } from '../../api.ts';
import { formatInstant, placeOfReader } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useNow } from '../../ui/use-now.ts';

const words = m.users.contact;
const KINDS = ['sms', 'email'] as const;

/** A contact entered for somebody: used after a day, or at once when a second administrator agrees. */
export function UserContact({ user }: { readonly user: UserRow }) {
  const queries = useQueryClient();
  const entered = useQuery(api.users.enteredContacts.queryOptions({ userId: user.id }));
  const [entering, setEntering] = useState(false);
  const settled = (said: string) => ({
    onSuccess: async () => {
      toast(said);
      setEntering(false);
      await queries.invalidateQueries({ queryKey: api.users.pathKey() });
    },
  });
  const enter = useMutation(api.users.enterContact.mutationOptions(settled(words.entered)));
  const approve = useMutation(api.users.approveContact.mutationOptions(settled(words.approved)));
  const withdraw = useMutation(api.users.withdrawContact.mutationOptions(settled(words.withdrawn)));
  const failed = enter.error ?? approve.error ?? withdraw.error ?? entered.error;
  return (
    <section className="mt-6 border-t border-line pt-4" aria-label={words.heading}>
      <h3 className="font-medium">{words.heading}</h3>
      <p className="mt-1 text-text-2">{words.text}</p>
      {(entered.data ?? []).map((contact) => (
        <Waiting
          key={contact.kind}
          contact={contact}
          busy={approve.isPending || withdraw.isPending}
          onApprove={() => approve.mutate({ userId: user.id, kind: contact.kind })}
          onWithdraw={() => withdraw.mutate({ userId: user.id, kind: contact.kind })}
        />
      ))}
      {entering ? (
        <ContactForm
          busy={enter.isPending}
          onCancel={() => {
            enter.reset();
            setEntering(false);
          }}
          onEnter={(given) => enter.mutate({ userId: user.id, ...given })}
        />
      ) : (
        <div className="mt-3">
          <Button onClick={() => setEntering(true)}>{words.enter}</Button>
        </div>
      )}
      {failed === null ? null : (
        <div className="mt-4">
          <ProblemNote error={failed} />
        </div>
      )}
    </section>
  );
}

function Waiting(props: {
  readonly contact: EnteredContactView;
  readonly busy: boolean;
  readonly onApprove: () => void;
  readonly onWithdraw: () => void;
}) {
  const { contact } = props;
  const now = useNow();
  return (
    <div className="mt-3">
      <p className="num">
        {m.state.channel[contact.kind]} {contact.masked}
      </p>
      <p className="text-text-2">
        {words.waits(contact.by, formatInstant(contact.usableAt, now, placeOfReader()))}
      </p>
      <div className="mt-2 flex flex-wrap gap-2">
        <Button busy={props.busy} onClick={props.onApprove}>
          {words.approve}
        </Button>
        <Button busy={props.busy} onClick={props.onWithdraw}>
          {words.withdraw}
        </Button>
      </div>
    </div>
  );
}

function ContactForm(props: {
  readonly busy: boolean;
  readonly onCancel: () => void;
  readonly onEnter: (given: {
    readonly kind: (typeof KINDS)[number];
    readonly value: string;
    readonly asTyped: boolean;
  }) => void;
}) {
  const [kind, setKind] = useState<(typeof KINDS)[number]>('sms');
  const [value, setValue] = useState('');
  const [asTyped, setAsTyped] = useState(false);
  const id = useId();
  return (
    <form
      className="mt-3 grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        props.onEnter({ kind, value, asTyped });
      }}
    >
      <fieldset className="flex flex-wrap gap-4">
        <legend className="mb-1 font-medium">{words.kind}</legend>
        {KINDS.map((each) => (
          <label key={each} className="flex min-h-6 items-center gap-2">
            <input
              type="radio"
              name={`${id}-kind`}
              checked={kind === each}
              onChange={() => setKind(each)}
            />
            {words.kinds[each]}
          </label>
        ))}
      </fieldset>
      <div>
        <label htmlFor={id} className="mb-1 block font-medium">
          {words.kinds[kind]}
        </label>
        <input
          id={id}
          className="h-9 w-full rounded-md border border-line-control bg-surface px-3"
          type={kind === 'sms' ? 'tel' : 'email'}
          autoComplete="off"
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
        <p className="mt-1 text-text-2">{words.hints[kind]}</p>
      </div>
      {kind === 'email' ? (
        <label className="flex min-h-6 items-center gap-2">
          <input
            type="checkbox"
            checked={asTyped}
            onChange={(event) => setAsTyped(event.currentTarget.checked)}
          />
          {words.asTyped}
        </label>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <Button onClick={props.onCancel}>{words.cancel}</Button>
        <Button
          duty="help-users"
          look="primary"
          type="submit"
          busy={props.busy}
          disabled={value.trim() === ''}
        >
          {words.submit}
        </Button>
      </div>
    </form>
  );
}
