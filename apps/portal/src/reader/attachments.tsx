import type { MessageView } from '@holdfast/contracts';
import { useState } from 'react';
import { reader as words } from '../messages/en/reader.ts';
import { Icon } from '../parts/icon.tsx';
import { sizeText } from '../sizes.ts';
import { AttachmentPreview } from './attachment-preview.tsx';
import { listedParts, previewKind, type Part } from './attachment-kind.ts';
import './attachments.css';

export function Attachments({ message }: { readonly message: MessageView }) {
  const [shown, setShown] = useState<Part | null>(null);
  const parts = listedParts(message);
  if (parts.length === 0) return null;
  return (
    <section className="attachments" aria-labelledby="attachments-heading">
      <h2 id="attachments-heading">{words.attachments(parts.length)}</h2>
      <ul>
        {parts.map((part) => (
          <li key={part.index}>
            <Open part={part} onShow={() => setShown(part)} />
            <a
              className="icon"
              href={part.href}
              download={part.fileName}
              aria-label={`${words.download} ${part.fileName}`}
            >
              <Icon name="download" />
            </a>
          </li>
        ))}
      </ul>
      {shown !== null && <AttachmentPreview part={shown} onClose={() => setShown(null)} />}
    </section>
  );
}

/** What a tap on its name does: shows it where that is safe, and downloads it otherwise. */
function Open({ part, onShow }: { readonly part: Part; readonly onShow: () => void }) {
  const kind = previewKind(part);
  const name = (
    <>
      <Icon name="clip" />
      {/* In the name as it is read out: what stands on a button has to be in it (WCAG 2.5.3). */}
      <span className="visually-hidden">{kind === null ? words.download : words.show}</span>
      <bdi>{part.fileName}</bdi>
      <span className="num">{sizeText(part.size)}</span>
    </>
  );
  switch (kind) {
    case 'picture':
    case 'text':
      return (
        <button type="button" onClick={onShow}>
          {name}
        </button>
      );
    // The browser's own viewer, which has a process of its own.
    case 'pdf':
      return (
        <a href={`${part.href}?inline=1`} target="_blank" rel="noopener noreferrer">
          {name}
          <span className="visually-hidden">{words.opensTab}</span>
        </a>
      );
    case null:
      return (
        <a href={part.href} download={part.fileName}>
          {name}
        </a>
      );
  }
}
