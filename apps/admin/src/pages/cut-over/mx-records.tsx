import type { CutOverView } from '@holdfast/contracts';
import { m } from '../../messages/catalogue.ts';
import { CopyButton } from '../../ui/copy-button.tsx';

/** The records to enter, ready to be copied. */
export function MxRecords({ records }: { readonly records: CutOverView['ourMx'] }) {
  return (
    <div>
      <p className="text-sm text-text-2">{m.cutOver.records}</p>
      <ul className="grid gap-1">
        {records.map(({ preference, exchange }) => (
          <li key={exchange} className="flex flex-wrap items-center gap-x-3">
            <span className="num min-w-0 flex-1 font-mono text-xs break-all">
              MX {preference} {exchange}
            </span>
            <CopyButton value={exchange} />
          </li>
        ))}
      </ul>
    </div>
  );
}
