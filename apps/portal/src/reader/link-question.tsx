import { useEffect, useRef } from 'react';
import { reader as words } from '../messages/en/reader.ts';
import type { DoubtfulLink } from './watch-frame.ts';
import './link-question.css';

/** Asked only of links whose words name another place than they lead to; every other link just opens. */
export function LinkQuestion(props: { readonly link: DoubtfulLink; readonly onClose: () => void }) {
  const { link, onClose } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      className="link-question"
      aria-labelledby="link-question-heading"
      onClose={onClose}
    >
      <h2 id="link-question-heading">{words.doubtHeading}</h2>
      <p>
        <bdi>{words.doubt[link.reason](link.leads, link.says ?? '')}</bdi>
      </p>
      <p>{words.doubtAdvice}</p>
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
          onClick={() => dialog.current?.close()}
        >
          {words.openAnyway(link.leads)}
        </a>
      </div>
    </dialog>
  );
}
