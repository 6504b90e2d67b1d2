import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { reader as words } from '../messages/en/reader.ts';
import { Icon } from '../parts/icon.tsx';
import { Skeleton } from '../parts/waiting.tsx';
import { en } from '../messages/en.ts';
import { previewKind, type Part } from './attachment-kind.ts';

/** A picture or a text over the whole page; text is shown as text, whatever it is. */
export function AttachmentPreview(props: { readonly part: Part; readonly onClose: () => void }) {
  const { part, onClose } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="preview" aria-labelledby="preview-heading" onClose={onClose}>
      <header className="bar">
        <button
          type="button"
          className="icon"
          aria-label={words.close}
          onClick={() => dialog.current?.close()}
        >
          <Icon name="close" />
        </button>
        <h2 id="preview-heading">
          <bdi>{part.fileName}</bdi>
        </h2>
        <a className="icon" href={part.href} download={part.fileName} aria-label={words.download}>
          <Icon name="download" />
        </a>
      </header>
      {previewKind(part) === 'picture' ? <Picture part={part} /> : <Text part={part} />}
    </dialog>
  );
}

function Picture({ part }: { readonly part: Part }) {
  const [hasFailed, setFailed] = useState(false);
  if (hasFailed) return <p className="hint">{words.previewFailed}</p>;
  return <img src={`${part.href}?inline=1`} alt={part.fileName} onError={() => setFailed(true)} />;
}

function Text({ part }: { readonly part: Part }) {
  const text = useQuery({
    queryKey: ['attachment-text', part.href],
    queryFn: async () => {
      const answer = await fetch(`${part.href}?inline=1`);
      if (!answer.ok) throw new Error(`${answer.status}`);
      return answer.text();
    },
    retry: false,
  });
  if (text.isError) return <p className="hint">{words.previewFailed}</p>;
  if (!text.isSuccess) return <Skeleton rows={4} label={en.readerPane.loading} />;
  const isCut = text.data.length < part.size / 4 || new Blob([text.data]).size < part.size * 0.9;
  return (
    <div className="scroller">
      <pre dir="auto" tabIndex={0}>
        {text.data}
      </pre>
      {isCut && <p className="hint">{words.previewCut}</p>}
    </div>
  );
}
