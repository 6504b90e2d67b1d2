import { useRef } from 'react';
import type { Draft } from '../drafts/draft.ts';
import { composer as words } from '../messages/en/composer.ts';
import { Icon } from '../parts/icon.tsx';

function titleOf(draft: Draft): string {
  if (draft.about === null) return words.title;
  return draft.about.mode === 'reply' ? words.replyTitle : words.forwardTitle;
}

/** Close, title, formatting, attach and send: on top, where the keyboard of a phone never is. */
export function ComposerBar(props: {
  readonly draft: Draft;
  readonly isSending: boolean;
  readonly isDoubted: boolean;
  readonly isFormatted: boolean;
  readonly onClose: () => void;
  readonly onFormatting: () => void;
  readonly onFiles: (files: readonly File[]) => void;
}) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <header className="bar">
      <button type="button" className="icon" aria-label={words.close} onClick={props.onClose}>
        <Icon name="close" />
      </button>
      <h1 id="composer-heading">{titleOf(props.draft)}</h1>
      <span className="spring" />
      <button
        type="button"
        className="icon letters"
        aria-label={words.formatting}
        aria-pressed={props.isFormatted}
        title={words.formatting}
        onClick={props.onFormatting}
      >
        {/* A picture of letters: it does not grow with the text. */}
        <svg className="i" viewBox="0 0 24 24" aria-hidden="true">
          <text x="12" y="18" fontSize="17" textAnchor="middle">
            Aa
          </text>
        </svg>
      </button>
      <button
        type="button"
        className="icon"
        aria-label={words.attach}
        onClick={() => picker.current?.click()}
      >
        <Icon name="clip" />
      </button>
      {/* Without `accept` and `capture` a phone offers its camera, its photos and its files. */}
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          props.onFiles([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
      <button type="submit" className="btn primary" disabled={props.isSending}>
        <Icon name="send" />
        {props.isSending ? words.sending : props.isDoubted ? words.sendAnyway : words.send}
      </button>
    </header>
  );
}
