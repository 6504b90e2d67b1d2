import './rehearsal.css';
import { useLayoutEffect, useRef, useState } from 'react';
import { rehearsal } from '../messages/en/rehearsal.ts';
import { Icon } from '../parts/icon.tsx';
import { Link } from '../parts/link.tsx';

/** What the emergency mailbox will look like, with made-up messages and a label that nobody overlooks. */
export function RehearsalPage() {
  const [open, setOpen] = useState<number | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus(), [open]);
  const message = open === null ? undefined : rehearsal.messages[open];
  return (
    <div className="own rehearsal">
      <div className="drill-band" role="region" aria-label={rehearsal.label}>
        <p>
          <b>{rehearsal.label}</b> {rehearsal.banner}
        </p>
      </div>
      <header className="bar">
        {message !== undefined && (
          <button
            type="button"
            className="icon"
            aria-label={rehearsal.back}
            onClick={() => setOpen(null)}
          >
            <Icon name="back" />
          </button>
        )}
        <h1 ref={heading} tabIndex={-1}>
          {message?.subject ?? rehearsal.heading}
        </h1>
      </header>
      <main>
        {message === undefined ? (
          <ul aria-label={rehearsal.list}>
            {rehearsal.messages.map(({ from, subject, preview }, index) => (
              <li key={subject}>
                <button type="button" className="made-up" onClick={() => setOpen(index)}>
                  <span className="from">{from}</span>
                  <span className="sub">{subject}</span>
                  <span className="pre">{preview}</span>
                </button>
              </li>
            ))}
          </ul>
        ) : (
          <article>
            <p className="hint">{message.from}</p>
            {message.text.map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
          </article>
        )}
        <Link className="btn wide" to={{ page: 'folder', folder: 'inbox', itemId: null }}>
          {rehearsal.leave}
        </Link>
      </main>
    </div>
  );
}
