import { useEffect, useRef } from 'react';
import { leave as words } from '../messages/en/outbox.ts';

/** Before signing out while something waits to be sent. */
export function LeaveQuestion(props: {
  readonly waiting: number;
  readonly onStay: () => void;
  readonly onLeave: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const opened = dialog.current;
    opened?.showModal();
    return () => opened?.close();
  }, []);
  return (
    <dialog ref={dialog} className="help" aria-labelledby="leave-heading" onClose={props.onStay}>
      <h2 id="leave-heading">{words.heading(props.waiting)}</h2>
      <p>{words.text}</p>
      <div className="buttons">
        <button type="button" className="btn primary" onClick={() => dialog.current?.close()}>
          {words.stay}
        </button>
        <button type="button" className="btn" onClick={props.onLeave}>
          {words.leave}
        </button>
      </div>
    </dialog>
  );
}
