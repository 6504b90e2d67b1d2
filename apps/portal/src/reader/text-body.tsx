import type { MessageView } from '@holdfast/contracts';
import { useMemo, type MouseEvent } from 'react';
import { reader as words } from '../messages/en/reader.ts';
import { isMailLink } from './link-display.ts';
import { foldQuoted, linkify } from './text-pieces.ts';

interface MailLinks {
  /** Writes to an address here; absent where nothing can be written, and the phone's own program is what is left. */
  readonly onMailLink: ((href: string) => void) | undefined;
}

function Linked({ text, onMailLink }: MailLinks & { readonly text: string }) {
  const follow = (event: MouseEvent, href: string): void => {
    if (onMailLink === undefined || !isMailLink(href)) return;
    event.preventDefault();
    onMailLink(href);
  };
  return (
    <p className="plain" dir="auto">
      {linkify(text).map((piece, index) =>
        piece.kind === 'text' ? (
          piece.text
        ) : (
          <a
            key={index}
            href={piece.href}
            target="_blank"
            rel="noopener noreferrer"
            onClick={(event) => follow(event, piece.href)}
          >
            {piece.text}
          </a>
        ),
      )}
    </p>
  );
}

export function TextBody(props: MailLinks & { readonly message: MessageView }) {
  const { message, onMailLink } = props;
  const { text, isSealed } = message;
  const folded = useMemo(() => foldQuoted(text), [text]);
  if (folded.own.trim() === '')
    return <p className="hint">{isSealed ? words.sealedBody : words.emptyBody}</p>;
  return (
    <>
      <Linked text={folded.own} onMailLink={onMailLink} />
      {folded.quoted !== '' && (
        <details className="quoted">
          <summary>{words.quoted}</summary>
          <Linked text={folded.quoted} onMailLink={onMailLink} />
        </details>
      )}
    </>
  );
}
