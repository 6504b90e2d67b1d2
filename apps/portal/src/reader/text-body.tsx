import type { MessageView } from '@holdfast/contracts';
import { useMemo } from 'react';
import { reader as words } from '../messages/en/reader.ts';
import { foldQuoted, linkify } from './text-pieces.ts';

function Linked({ text }: { readonly text: string }) {
  return (
    <p className="plain" dir="auto">
      {linkify(text).map((piece, index) =>
        piece.kind === 'text' ? (
          piece.text
        ) : (
          <a key={index} href={piece.href} target="_blank" rel="noopener noreferrer">
            {piece.text}
          </a>
        ),
      )}
    </p>
  );
}

export function TextBody({ message }: { readonly message: MessageView }) {
  const { text, isSealed } = message;
  const folded = useMemo(() => foldQuoted(text), [text]);
  if (folded.own.trim() === '')
    return <p className="hint">{isSealed ? words.sealedBody : words.emptyBody}</p>;
  return (
    <>
      <Linked text={folded.own} />
      {folded.quoted !== '' && (
        <details className="quoted">
          <summary>{words.quoted}</summary>
          <Linked text={folded.quoted} />
        </details>
      )}
    </>
  );
}
