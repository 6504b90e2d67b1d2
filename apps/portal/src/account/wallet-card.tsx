import type { HelpdeskView } from '@holdfast/contracts';
import { useLayoutEffect, useRef, useState } from 'react';
import { card } from '../messages/en/account.ts';

/** Address, login and codes, to be printed alone. The codes are nowhere else. */
export function WalletCard(props: {
  readonly url: string;
  readonly login: string;
  readonly codes: readonly string[];
  readonly helpdesk: HelpdeskView | null;
  readonly onDone: () => void;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  const [copied, setCopied] = useState(false);
  useLayoutEffect(() => heading.current?.focus(), []);
  return (
    <div className="card-page">
      <h2 ref={heading} tabIndex={-1}>
        {card.heading}
      </h2>
      <p className="hint">{card.once}</p>
      <div className="wallet-card">
        <p className="title">{card.title}</p>
        <dl>
          <dt>{card.url}</dt>
          <dd>{props.url}</dd>
          <dt>{card.login}</dt>
          <dd>{props.login}</dd>
          {props.helpdesk !== null && (
            <>
              <dt>{card.helpdesk}</dt>
              <dd>{lineOf(props.helpdesk)}</dd>
            </>
          )}
        </dl>
        <p className="hint">{card.codes}</p>
        <ol>
          {props.codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ol>
      </div>
      <div className="buttons">
        <button type="button" className="btn primary" onClick={() => window.print()}>
          {card.print}
        </button>
        <button
          type="button"
          className="btn"
          onClick={() =>
            void navigator.clipboard
              .writeText([props.url, props.login, ...props.codes].join('\n'))
              .then(() => setCopied(true))
          }
        >
          {card.copy}
        </button>
        <button type="button" className="btn" onClick={props.onDone}>
          {card.done}
        </button>
      </div>
      <p role="status" className="hint">
        {copied && card.copied}
      </p>
    </div>
  );
}

/** On paper nothing can be touched: one line. */
function lineOf({ email, hours, name, phone, url }: HelpdeskView): string {
  const ways = [name, phone?.shown, email, url].filter((way) => way !== null && way !== undefined);
  return `${ways.join(', ')}${hours === null ? '' : ` (${hours})`}`;
}
