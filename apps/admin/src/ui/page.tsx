import { useEffect, type ReactNode } from 'react';
import { m } from '../messages/catalogue.ts';

/** Title, one sentence on what the page is for, and what can be done with all of it. Sets the document's title. */
export function PageHeader({
  title,
  text,
  actions,
}: {
  readonly title: string;
  readonly text?: string | undefined;
  readonly actions?: ReactNode;
}) {
  useDocumentTitle(title);
  return (
    <header className="mb-5 flex flex-wrap items-start gap-x-4 gap-y-3">
      <div className="min-w-0 flex-[1_1_320px]">
        <h1 tabIndex={-1}>{title}</h1>
        {text === undefined ? null : <p className="mt-1 max-w-[62ch] text-text-2">{text}</p>}
      </div>
      {actions === undefined ? null : (
        <div className="flex flex-wrap items-center gap-2">{actions}</div>
      )}
    </header>
  );
}

export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = m.pageTitle(title);
  }, [title]);
}

export function Section({
  title,
  text,
  actions,
  children,
}: {
  readonly title: string;
  readonly text?: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className="mt-7" aria-label={title}>
      <div className="mb-2 flex flex-wrap items-end gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1">
          <h2>{title}</h2>
          {text === undefined ? null : <p className="mt-0.5 max-w-[70ch] text-text-2">{text}</p>}
        </div>
        {actions}
      </div>
      {children}
    </section>
  );
}

/** Nothing here yet, and what to do about it. */
export function Empty({
  title,
  text,
  children,
}: {
  readonly title: string;
  readonly text: string;
  readonly children?: ReactNode;
}) {
  return (
    <div className="px-5 py-8">
      <p className="font-medium">{title}</p>
      <p className="mt-1 max-w-[62ch] text-text-2">{text}</p>
      {children === undefined ? null : <div className="mt-4 flex flex-wrap gap-2">{children}</div>}
    </div>
  );
}

/** Bars where text will be; shows only after 150 ms. */
export function Skeleton({
  rows = 3,
  height = 20,
}: {
  readonly rows?: number;
  readonly height?: number;
}) {
  return (
    <div role="status" className="grid gap-3 py-1">
      <span className="sr-only">{m.loading}</span>
      {Array.from({ length: rows }, (_, row) => (
        <div
          key={row}
          className="skeleton"
          style={{ height, width: `${[92, 78, 85, 64][row % 4] ?? 80}%` }}
        />
      ))}
    </div>
  );
}
