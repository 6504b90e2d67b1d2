import type { MessageView } from '@holdfast/contracts';
import { useEffect, useMemo, useRef, useState } from 'react';
import { en } from '../messages/en.ts';
import { Icon } from '../parts/icon.tsx';
import { frameDocument, safeHtml } from './sanitise.ts';

/** Before it is measured. Unit: px. */
const FIRST_HEIGHT = 240;

/** HTML of a stranger: sanitised again, in a frame without scripts, as high as its content so that nothing scrolls twice. */
export function HtmlBody({ message }: { readonly message: MessageView }) {
  const [allowRemote, setAllowRemote] = useState(false);
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(FIRST_HEIGHT);
  const safe = useMemo(
    () => safeHtml(message, allowRemote, en.reader.quoted),
    [message, allowRemote],
  );
  const document = useMemo(
    () => frameDocument(safe, location.origin, allowRemote),
    [safe, allowRemote],
  );
  useEffect(() => watchFrame(frame.current, setHeight), []);
  return (
    <>
      {safe.isBlocked && (
        <div className="remote">
          <Icon name="image" />
          <p>{en.reader.remoteBlocked}</p>
          <button type="button" className="btn" onClick={() => setAllowRemote(true)}>
            {en.reader.showRemote}
          </button>
        </div>
      )}
      <iframe
        ref={frame}
        className="letter"
        title={en.reader.frame}
        sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        referrerPolicy="no-referrer"
        srcDoc={document}
        style={{ height: `${height}px` }}
      />
    </>
  );
}

/** Measures now, when pictures arrive, when a quotation is unfolded, and when the phone is turned. */
function watchFrame(frame: HTMLIFrameElement | null, setHeight: (px: number) => void): () => void {
  if (frame === null) return () => undefined;
  let observer: ResizeObserver | null = null;
  function start(): void {
    observer?.disconnect();
    const body = frame?.contentDocument?.body;
    if (body === undefined || body === null) return;
    const measure = (): void => setHeight(Math.ceil(body.getBoundingClientRect().height));
    observer = new ResizeObserver(measure);
    observer.observe(body);
    // Shortcuts work although the focus is in the letter.
    frame?.contentDocument?.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' || event.key.length === 1)
        dispatchEvent(
          new KeyboardEvent('keydown', {
            key: event.key,
            ctrlKey: event.ctrlKey,
            metaKey: event.metaKey,
            altKey: event.altKey,
            cancelable: true,
          }),
        );
    });
    measure();
  }
  frame.addEventListener('load', start);
  start();
  return () => {
    frame.removeEventListener('load', start);
    observer?.disconnect();
  };
}
