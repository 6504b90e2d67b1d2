import type { ReactNode } from 'react';
import { formatCount } from '../format/counts.ts';

/** What somebody asks on the telephone: a figure for each. */
export function Figures({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ReactNode;
}) {
  return (
    <dl
      aria-label={label}
      className="grid grid-cols-[repeat(auto-fit,minmax(8.5rem,1fr))] border-t border-line md:flex"
    >
      {children}
    </dl>
  );
}

export function Figure({
  label,
  value,
  of = null,
}: {
  readonly label: ReactNode;
  readonly value: number;
  readonly of?: string | null;
}) {
  return (
    <div className="min-w-0 flex-1 px-5 py-3">
      <dt className="text-sm break-words text-text-2">{label}</dt>
      <dd className="num text-xl font-semibold">
        {formatCount(value)}
        {of === null ? null : <span className="ml-1 text-sm font-normal text-text-2">{of}</span>}
      </dd>
    </div>
  );
}
