import { CopyButton } from '../../ui/copy-button.tsx';

/** One value of a DNS record, to be entered exactly so. */
export function RecordCell({
  label,
  value,
  copy = false,
  wide = false,
}: {
  readonly label: string;
  readonly value: string;
  readonly copy?: boolean;
  /** A row of its own: long values. */
  readonly wide?: boolean;
}) {
  return (
    <div className={`min-w-0 ${wide ? 'col-span-full' : ''}`}>
      <dt className="text-text-2">{label}</dt>
      <dd className="num flex flex-wrap items-center gap-x-2 font-mono text-xs break-all">
        <span className={wide ? 'min-w-0 flex-[1_1_240px]' : ''}>{value}</span>
        {copy ? <CopyButton value={value} /> : null}
      </dd>
    </div>
  );
}
