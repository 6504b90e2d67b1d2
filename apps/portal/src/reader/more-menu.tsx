import type { MessageView } from '@holdfast/contracts';
import { useRef } from 'react';
import { reader as words } from '../messages/en/reader.ts';
import { Icon } from '../parts/icon.tsx';
import { printMessage } from './print-message.ts';
import './more-menu.css';

/** What is seldom needed. Closes when something is chosen and when the focus goes elsewhere. */
export function MoreMenu({ message }: { readonly message: MessageView }) {
  const menu = useRef<HTMLDetailsElement>(null);
  const close = (): void => {
    if (menu.current !== null) menu.current.open = false;
  };
  return (
    <details
      ref={menu}
      className="more"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) close();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || menu.current?.open !== true) return;
        event.stopPropagation();
        close();
        menu.current.querySelector('summary')?.focus();
      }}
    >
      <summary className="icon" aria-label={words.more}>
        <Icon name="more" />
      </summary>
      <ul>
        <li>
          <button
            type="button"
            onClick={() => {
              close();
              printMessage();
            }}
          >
            {words.print}
          </button>
        </li>
        <li>
          <a href={message.sourceHref} target="_blank" rel="noopener noreferrer" onClick={close}>
            {words.source}
          </a>
        </li>
      </ul>
    </details>
  );
}
