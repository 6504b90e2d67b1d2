import { useEffect, useEffectEvent, useReducer, useRef, useState, type KeyboardEvent } from 'react';
import { m } from '../messages/catalogue.ts';
import { useMay } from '../session/session.tsx';
import { Button } from './button.tsx';
import { heldShare, hold, IDLE } from './hold.ts';

const START_WORDS = { twoStep: m.event.twoStep, cancel: m.event.twoStepCancel };

function isOver(
  element: Element,
  { clientX, clientY }: { readonly clientX: number; readonly clientY: number },
): boolean {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
}

/** For what affects everybody's mail: held for a moment, by pointer or key, or done in two labelled steps. */
export function HoldButton({
  label,
  confirmLabel,
  disabled,
  busy,
  words = START_WORDS,
  onConfirm,
}: {
  readonly label: string;
  /** The second of the two steps, with the number it affects. */
  readonly confirmLabel: string;
  readonly disabled: boolean;
  readonly busy: boolean;
  /** What the two steps are called. */
  readonly words?: { readonly twoStep: string; readonly cancel: string };
  readonly onConfirm: () => void;
}) {
  const [state, send] = useReducer(hold, IDLE);
  const [asking, setAsking] = useState(false);
  const fill = useRef<HTMLSpanElement>(null);
  const confirm = useEffectEvent(onConfirm);
  const may = useMay('operate');

  useEffect(() => {
    fill.current?.style.setProperty('--held', String(heldShare(state, performance.now())));
    if (state.phase === 'confirmed') {
      send({ type: 'reset' });
      confirm();
      return undefined;
    }
    if (state.phase === 'idle') return undefined;
    let frame = requestAnimationFrame(function step(now) {
      fill.current?.style.setProperty('--held', String(heldShare(state, now)));
      send({ type: 'tick', at: now });
      frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [state]);

  if (!may) return null;
  const press = () =>
    disabled || busy ? undefined : send({ type: 'press', at: performance.now() });
  const release = () => send({ type: 'release' });
  const isHoldKey = (event: KeyboardEvent) => event.key === ' ' || event.key === 'Enter';

  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <button
          type="button"
          disabled={disabled || busy}
          aria-busy={busy || undefined}
          aria-describedby="hold-hint"
          className="relative min-h-11 touch-none overflow-hidden rounded-control bg-problem px-6 font-semibold text-on-problem select-none disabled:opacity-55"
          onPointerDown={(event) => {
            // A page that grows above the button takes it away from under the finger, and that is no letting go.
            event.currentTarget.setPointerCapture(event.pointerId);
            press();
          }}
          onPointerMove={(event) => {
            if (!isOver(event.currentTarget, event)) release();
          }}
          onPointerUp={release}
          onPointerCancel={release}
          onContextMenu={(event) => event.preventDefault()}
          onBlur={release}
          onKeyDown={(event) => {
            if (!isHoldKey(event)) return;
            event.preventDefault();
            if (!event.repeat) press();
          }}
          onKeyUp={(event) => (isHoldKey(event) ? release() : undefined)}
        >
          <span
            ref={fill}
            aria-hidden="true"
            className="hold-fill absolute inset-0 bg-problem-text opacity-45"
          />
          <span className="relative">
            {state.phase === 'holding' ? m.event.keepHolding : label}
          </span>
        </button>
        {asking ? (
          <span className="flex flex-wrap gap-2">
            <Button
              look="problem"
              disabled={disabled}
              busy={busy}
              onClick={() => {
                setAsking(false);
                onConfirm();
              }}
            >
              {confirmLabel}
            </Button>
            <Button onClick={() => setAsking(false)}>{words.cancel}</Button>
          </span>
        ) : (
          <Button look="quiet" disabled={disabled || busy} onClick={() => setAsking(true)}>
            {words.twoStep}
          </Button>
        )}
      </div>
      <p id="hold-hint" className="text-sm text-text-2">
        {m.event.holdHint}
      </p>
    </div>
  );
}
