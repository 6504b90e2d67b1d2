import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { formatting as words } from '../../messages/en/formatting.ts';
import { linkAddress } from './link-address.ts';

/** Where the marked words lead; without any, the address itself is written. No form: it stands in one. */
export function LinkField(props: {
  readonly link: string | null;
  readonly onSet: (href: string | null) => void;
  readonly onClose: () => void;
}) {
  const { link, onSet, onClose } = props;
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(link?.replace(/^mailto:/i, '') ?? '');
  const [isWrong, setWrong] = useState(false);
  const id = useId();
  useEffect(() => field.current?.select(), []);

  function set(): void {
    const href = linkAddress(typed);
    if (href === null) {
      setWrong(true);
      field.current?.focus();
    } else onSet(href);
  }

  function press(event: KeyboardEvent): void {
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    // Neither sends the message, nor closes it.
    event.stopPropagation();
    if (event.key === 'Enter') set();
    else onClose();
  }

  return (
    <div className="link-field" onKeyDown={press}>
      <label htmlFor={id}>{words.linkAddress}</label>
      <input
        ref={field}
        id={id}
        type="text"
        inputMode="url"
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        dir="ltr"
        placeholder={words.linkPlaceholder}
        value={typed}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? `${id}-wrong` : undefined}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      {isWrong && (
        <p className="error" id={`${id}-wrong`} role="alert">
          {words.noLink}
        </p>
      )}
      <p className="buttons">
        <button type="button" className="btn" onClick={set}>
          {words.linkSet}
        </button>
        {link !== null && (
          <button type="button" className="btn" onClick={() => onSet(null)}>
            {words.linkRemove}
          </button>
        )}
        <button type="button" className="btn" onClick={onClose}>
          {words.cancel}
        </button>
      </p>
    </div>
  );
}
