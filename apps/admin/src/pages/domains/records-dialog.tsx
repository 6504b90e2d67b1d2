import type { DomainView } from '@holdfast/contracts';
import { m } from '../../messages/catalogue.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProviderHint } from './provider-hint.tsx';
import { RecordCell } from './record-cell.tsx';

const words = m.domains.dialog;

/** The exact records to enter, each value with a copy button, and what is easily forgotten. */
export function RecordsDialog({
  domain,
  open,
  onClose,
}: {
  readonly domain: DomainView;
  readonly open: boolean;
  readonly onClose: () => void;
}) {
  return (
    <Dialog open={open} onClose={onClose} wide title={words.title(domain.name)} text={words.text}>
      <div className="grid gap-3">
        {domain.records.map((record) => (
          <dl
            key={record.value}
            className="surface grid grid-cols-2 gap-x-6 gap-y-2 px-4 py-3 text-sm sm:grid-cols-4"
          >
            <RecordCell label={words.type} value={record.type} />
            <RecordCell label={words.preference} value={String(record.preference)} />
            <RecordCell label={words.ttl} value={String(record.ttl)} />
            <RecordCell label={words.name} value={record.name} copy />
            <div className="col-span-full flex flex-wrap items-center gap-x-3">
              <dt className="text-text-2">{words.value}</dt>
              <dd className="min-w-0 font-mono text-xs break-all">{record.value}</dd>
              <dd className="ml-auto">
                <CopyButton value={record.value} />
              </dd>
            </div>
          </dl>
        ))}
      </div>
      <ProviderHint domain={domain} />
      <h3 className="mt-5 mb-1.5">{words.hints}</h3>
      <ul className="grid list-disc gap-1.5 pl-5 text-text-2">
        {words.hint.map((hint) => (
          <li key={hint}>{hint}</li>
        ))}
      </ul>
      {domain.tenantMx.length === 0 ? null : (
        <p className="mt-4 text-text-2">
          <span className="font-medium text-text">
            {words.wayBack(
              domain.tenantMx.map((mx) => `${mx.preference} ${mx.exchange}`).join(', '),
            )}
          </span>
          . {words.wayBackText}
        </p>
      )}
    </Dialog>
  );
}
