import type { UserRow } from '@holdfast/contracts';
import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { api } from '../../api.ts';
import { formatInstant, placeOfReader } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useNow } from '../../ui/use-now.ts';

const words = m.users.signIn;
const CHECKS = ['called-back', 'seen', 'video', 'manager'] as const;

/** A code to read out to somebody who cannot be reached, and signing somebody out everywhere. */
export function UserSignIn({ user }: { readonly user: UserRow }) {
  const [asking, setAsking] = useState(false);
  const now = useNow();
  const make = useMutation(
    api.users.makeSignInCode.mutationOptions({ onSuccess: () => setAsking(false) }),
  );
  const end = useMutation(
    api.users.endSessions.mutationOptions({
      onSuccess: ({ ended }) => toast(words.ended(ended)),
    }),
  );
  const failed = make.error ?? end.error;
  return (
    <section className="mt-6 border-t border-line pt-4" aria-label={words.heading}>
      <h3 className="font-medium">{words.heading}</h3>
      {make.data === undefined ? null : (
        <div className="mt-3" role="status">
          <p>{words.readOut}</p>
          <p className="num my-2 font-mono text-xl select-all">{make.data.code}</p>
          <p className="text-text-2">
            {words.until(formatInstant(make.data.expiresAt, now, placeOfReader()))}
          </p>
        </div>
      )}
      {asking ? (
        <CheckForm
          busy={make.isPending}
          onCancel={() => setAsking(false)}
          onMake={(identityCheck) => make.mutate({ userId: user.id, identityCheck })}
        />
      ) : (
        <div className="mt-3 flex flex-wrap gap-2">
          <Button
            onClick={() => {
              make.reset();
              setAsking(true);
            }}
          >
            {words.make}
          </Button>
          <Button
            duty="help-users"
            busy={end.isPending}
            onClick={() => end.mutate({ userId: user.id })}
          >
            {words.end}
          </Button>
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

/** Nothing is chosen beforehand: whoever has not checked must not be led to say that they have. */
function CheckForm(props: {
  readonly busy: boolean;
  readonly onCancel: () => void;
  readonly onMake: (check: (typeof CHECKS)[number]) => void;
}) {
  const [check, setCheck] = useState<(typeof CHECKS)[number] | null>(null);
  const name = useId();
  return (
    <fieldset className="mt-3">
      <legend className="font-medium">{words.how}</legend>
      <p className="text-text-2">{words.told}</p>
      {CHECKS.map((each) => (
        <label key={each} className="mt-2 flex min-h-6 items-center gap-2">
          <input
            type="radio"
            name={name}
            checked={check === each}
            onChange={() => setCheck(each)}
          />
          {words.checks[each]}
        </label>
      ))}
      <div className="mt-3 flex flex-wrap gap-2">
        <Button onClick={props.onCancel}>{words.cancel}</Button>
        <Button
          look="primary"
          busy={props.busy}
          disabled={check === null}
          onClick={() => check !== null && props.onMake(check)}
        >
          {words.confirm}
        </Button>
      </div>
    </fieldset>
  );
}
