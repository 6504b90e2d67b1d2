import { useLayoutEffect, useRef } from 'react';
import { composer as words } from '../messages/en/composer.ts';

/** Before formatting is lost. */
export function FormattingQuestion(props: {
  readonly isQuoting: boolean;
  readonly onRemove: () => void;
  readonly onKeep: () => void;
}) {
  const keep = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => keep.current?.focus(), []);
  return (
    <div
      className="doubt formatting"
      role="alertdialog"
      aria-labelledby="loses-formatting"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // Not the composer.
        event.preventDefault();
        event.stopPropagation();
        props.onKeep();
      }}
    >
      <p id="loses-formatting">
        {words.losesFormatting}
        {props.isQuoting && ` ${words.losesQuotation}`}
      </p>
      <button ref={keep} type="button" className="btn" onClick={props.onKeep}>
        {words.keepFormatting}
      </button>
      <button type="button" className="btn" onClick={props.onRemove}>
        {words.removeFormatting}
      </button>
    </div>
  );
}
