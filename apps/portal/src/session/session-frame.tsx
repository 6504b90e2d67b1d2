import './session.css';
import type { ReactNode } from 'react';
import { en } from '../messages/en.ts';
import { Mark } from '../parts/icon.tsx';
import { LanguageLink } from '../parts/language-link.tsx';

/** The frame of the pages outside the mailbox. */
export function SessionFrame(props: {
  readonly organisation: string | null;
  readonly demo: boolean;
  /** Behind the `#`, and of worth: it goes along to the page in another language. */
  readonly fragment?: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="outside">
      <header className="who">
        <span className="logo">
          <Mark />
        </span>
        <p>
          <b>{props.organisation ?? en.product}</b>
          {props.organisation !== null && ` ${en.product}`}
        </p>
      </header>
      <main>
        {props.children}
        <LanguageLink isSignedIn={props.organisation !== null} fragment={props.fragment} />
        {props.demo && <p className="demo">{en.session.demo}</p>}
      </main>
    </div>
  );
}
