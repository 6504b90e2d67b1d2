import { m } from '../messages/catalogue.ts';
import { Dialog } from '../ui/dialog.tsx';

export function Shortcuts({
  open,
  onClose,
}: {
  readonly open: boolean;
  readonly onClose: () => void;
}) {
  return (
    <Dialog open={open} onClose={onClose} title={m.shortcuts.title}>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
        {m.shortcuts.rows.map(([keys, what]) => (
          <div key={keys} className="contents">
            <dt>
              <kbd className="rounded-[4px] border border-line-strong px-1.5 font-mono text-xs">
                {keys}
              </kbd>
            </dt>
            <dd className="text-text-2">{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
