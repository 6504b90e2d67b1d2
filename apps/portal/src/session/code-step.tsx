import { useMutation } from '@tanstack/react-query';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { problemOf, trpc } from '../api.ts';
import { wayIn } from '../messages/en/way-in.ts';
import { ProblemLine } from '../parts/problem-line.tsx';
import { keepAsked, type AskedWayIn } from './asked-way-in.ts';
import { entered } from './use-session.ts';

/** Another message may be asked for after this long: slow networks deliver twice otherwise. Unit: ms. */
const ANOTHER_AFTER = 30_000;

export function CodeStep(props: {
  readonly asked: AskedWayIn;
  readonly onAsked: (asked: AskedWayIn) => void;
  readonly onBack: () => void;
}) {
  const { asked } = props;
  const field = useRef<HTMLInputElement>(null);
  const [missing, setMissing] = useState(false);
  const [again, setAgain] = useState(false);
  const mayAsk = useLater(asked.askedAt + ANOTHER_AFTER);
  const signIn = useMutation(trpc.session.useWayIn.mutationOptions({ onSuccess: entered }));
  const another = useMutation(
    trpc.session.requestWayIn.mutationOptions({
      onSuccess: ({ ticket }) => {
        const next = { login: asked.login, ticket, askedAt: Date.now() };
        keepAsked(next);
        setAgain(true);
        signIn.reset();
        props.onAsked(next);
      },
    }),
  );
  useLayoutEffect(() => field.current?.focus(), []);

  function submit(): void {
    const code = field.current?.value ?? '';
    const digits = code.replace(/\D/g, '');
    setMissing(digits === '');
    if (digits === '') return field.current?.focus();
    signIn.mutate(
      { login: asked.login, way: { kind: 'code', code, ticket: asked.ticket } },
      { onError: () => field.current?.select() },
    );
  }

  const failed = signIn.error ?? another.error;
  const problem = failed === null ? null : problemOf(failed);
  return (
    <>
      <h1>{wayIn.heading}</h1>
      <p className="lead">{wayIn.sent(asked.login)}</p>
      <div role="status">
        {again && problem === null && <p className="notice">{wayIn.sentAnother}</p>}
      </div>
      <ProblemLine
        text={problem?.code === 'session.way-in-wrong' ? wayIn.wrong : (problem?.message ?? null)}
      />
      <form
        method="post"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div className="field">
          <label htmlFor="code">{wayIn.label}</label>
          <input
            id="code"
            ref={field}
            className="code"
            type="text"
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={20}
            aria-invalid={missing}
            aria-describedby="code-note"
          />
          <p id="code-note" className={missing ? 'error' : 'hint'}>
            {missing ? wayIn.missing : wayIn.hint}
          </p>
        </div>
        <button className="btn primary" type="submit" disabled={signIn.isPending}>
          {signIn.isPending ? wayIn.signingIn : wayIn.signIn}
        </button>
      </form>
      <div className="buttons other-ways">
        <button
          type="button"
          className="btn"
          disabled={!mayAsk || another.isPending}
          onClick={() => another.mutate({ login: asked.login })}
        >
          {wayIn.another}
        </button>
        <button type="button" className="btn" onClick={props.onBack}>
          {wayIn.back}
        </button>
      </div>
      {!mayAsk && <p className="hint">{wayIn.wait}</p>}
      <details>
        <summary>{wayIn.nothing}</summary>
        <p>{wayIn.nothingText}</p>
      </details>
    </>
  );
}

/** Turns true at an instant. */
function useLater(at: number): boolean {
  const [passed, setPassed] = useState<number | null>(null);
  useEffect(() => {
    // Never longer than that, even after the clock was set back.
    const rest = Math.min(Math.max(0, at - Date.now()), ANOTHER_AFTER);
    const timer = setTimeout(() => setPassed(at), rest);
    return () => clearTimeout(timer);
  }, [at]);
  return passed === at;
}
