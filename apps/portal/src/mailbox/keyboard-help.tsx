import './keyboard-help.css';
import { useEffect, useRef } from 'react';
import { en } from '../messages/en.ts';

export function KeyboardHelp({ onClose }: { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const opened = dialog.current;
    opened?.showModal();
    return () => opened?.close();
  }, []);
  return (
    <dialog ref={dialog} className="help" aria-labelledby="keyboard-heading" onClose={onClose}>
      <h2 id="keyboard-heading">{en.keyboard.title}</h2>
      <dl>
        {en.keyboard.keys.map(([key, text]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <button type="button" className="btn" onClick={() => dialog.current?.close()}>
        {en.keyboard.close}
      </button>
    </dialog>
  );
}
