import { useEffect, useRef } from 'react';
import { linkQuestion as words } from '../messages/en/link-question.ts';
import type { DoubtfulLink } from './watch-frame.ts';
import './link-question.css';

/** Asked only of links whose words name another place than they lead to; every other link just opens. */
export function LinkQuestion(props: {
  readonly link: DoubtfulLink;
  /** Follows it here; absent: the browser does. */
  readonly onFollow: (() => void) | undefined;
  readonly onClose: () => void;
}) {
  const { link, onFollow, onClose } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      className="link-question"
      aria-labelledby="link-question-heading"
      onClose={onClose}
    >
      <h2 id="link-question-heading">{words.heading}</h2>
      <p>
        <bdi>{words.doubt[link.reason](link.leads, link.says ?? '')}</bdi>
      </p>
      <p>{words.advice}</p>
      <div className="buttons">
        <button type="button" className="btn primary" onClick={() => dialog.current?.close()}>
          {words.stay}
        </button>
        <a
          className="btn"
          href={link.href}
          target="_blank"
          rel="noopener noreferrer"
          referrerPolicy="no-referrer"
          onClick={(event) => {
            dialog.current?.close();
            if (onFollow === undefined) return;
            event.preventDefault();
            onFollow();
          }}
        >
          {words.openAnyway(link.leads)}
        </a>
      </div>
    </dialog>
  );
}
