import { useState, type ReactNode } from 'react';

/** A part of a domain that is opened when it is wanted; `children` runs only while it is open. */
export function Disclosure({
  title,
  state,
  initiallyOpen = false,
  children,
}: {
  readonly title: string;
  readonly state?: ReactNode;
  readonly initiallyOpen?: boolean;
  readonly children: () => ReactNode;
}) {
  const [open, setOpen] = useState(initiallyOpen);
  return (
    <details
      className="border-t border-line"
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="rounded-surface px-5 py-3 hover:bg-hover">
        <h3 className="inline">{title}</h3>
        {state === undefined ? null : <span className="ml-3 inline-flex">{state}</span>}
      </summary>
      {open ? <div className="px-5 pb-5">{children()}</div> : null}
    </details>
  );
}
