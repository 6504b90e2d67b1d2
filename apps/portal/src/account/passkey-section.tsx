import type { AccountView, PortalState } from '@holdfast/contracts';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOf, queryClient, trpc } from '../api.ts';
import { longDate } from '../dates.ts';
import { account } from '../messages/en/account.ts';
import { ProblemLine } from '../parts/problem-line.tsx';
import { browserHasPasskeys } from './browser-passkeys.ts';
import { passkeyProblem, useAddPasskey } from './use-passkeys.ts';

export function PasskeySection(props: {
  readonly state: PortalState;
  readonly passkeys: AccountView['passkeys'];
}) {
  const remove = useMutation(
    trpc.account.removePasskey.mutationOptions({
      onSuccess: (view) => queryClient.setQueryData(trpc.account.read.queryKey(), view),
    }),
  );
  return (
    <section aria-labelledby="passkeys">
      <h3 id="passkeys">{account.passkeys}</h3>
      <p className="hint">{account.passkeysText}</p>
      <ProblemLine text={remove.error === null ? null : problemOf(remove.error).message} />
      {props.passkeys.length === 0 ? (
        <p className="hint">{account.passkeysNone}</p>
      ) : (
        <ul className="cards">
          {props.passkeys.map(({ id, device, madeAt, lastUsedAt }) => (
            <li key={id}>
              <p>
                <b>{device}</b>
                <span className="hint">
                  {account.passkeyMade(longDate(madeAt))}
                  {lastUsedAt !== null && `, ${account.passkeyUsed(longDate(lastUsedAt))}`}
                </span>
              </p>
              <button
                type="button"
                className="btn"
                aria-label={account.removePasskey(device)}
                disabled={remove.isPending}
                onClick={() => remove.mutate({ passkeyId: id })}
              >
                {account.remove}
              </button>
            </li>
          ))}
        </ul>
      )}
      <AddPasskey state={props.state} />
    </section>
  );
}

/** The button, or why there is none. */
export function AddPasskey({ state }: { readonly state: PortalState }) {
  const [added, setAdded] = useState(false);
  const add = useAddPasskey(() => setAdded(true));
  if (!state.passkeys) return <p className="hint">{account.passkeysImpossible}</p>;
  if (!browserHasPasskeys()) return <p className="hint">{account.passkeysUnsupported}</p>;
  return (
    <>
      <ProblemLine text={add.error === null ? null : passkeyProblem(add.error)} />
      <div role="status">{added && <p className="notice">{account.passkeyAdded}</p>}</div>
      <button
        type="button"
        className="btn"
        disabled={add.isPending}
        onClick={() => {
          setAdded(false);
          add.mutate();
        }}
      >
        {add.isPending ? account.adding : account.addPasskey}
      </button>
    </>
  );
}
