import { ProblemLine } from '../parts/problem-line.tsx';
import { push as words } from '../messages/en/push.ts';
import { switchOff, switchOn } from './switch-push.ts';
import { useSwitch } from './use-switch.ts';

/** On the account page: whether this device tells of new mail. */
export function PushSection({ user }: { readonly user: string }) {
  const { standing, isBusy, problem, note, turn } = useSwitch();
  const isPossible = standing === 'on' || standing === 'off';
  const said = standing === null || isPossible ? note : words.cannot[standing];
  return (
    <section aria-labelledby="push">
      <h2 id="push">{words.heading}</h2>
      <ProblemLine text={problem} />
      {isPossible && (
        <>
          <label className="check">
            <input
              type="checkbox"
              checked={standing === 'on'}
              disabled={isBusy}
              onChange={(event) => {
                const change = event.currentTarget.checked ? switchOn : switchOff;
                turn(() => change(user));
              }}
            />
            {words.tell}
          </label>
          <p className="hint">{words.tellText}</p>
        </>
      )}
      <div role="status">{said !== null && <p className="hint">{said}</p>}</div>
    </section>
  );
}
