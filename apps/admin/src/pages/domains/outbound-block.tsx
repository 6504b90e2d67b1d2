import type { ReactNode } from 'react';

/** One of DKIM, SPF and DMARC: its name, how it stands, and what to do. */
export function Block({
  title,
  state,
  children,
}: {
  readonly title: string;
  readonly state: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section aria-label={title}>
      <div className="mb-1.5 flex flex-wrap items-center gap-x-4 gap-y-1">
        <h4 className="font-semibold">{title}</h4>
        {state}
      </div>
      <div className="grid gap-2">{children}</div>
    </section>
  );
}
