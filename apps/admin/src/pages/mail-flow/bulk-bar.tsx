import { Fragment } from 'react';
import { m } from '../../messages/catalogue.ts';
import type { DeliveryCommandWord } from '../../messages/vocabulary.ts';
import { Button } from '../../ui/button.tsx';
import { countPossible, type ChosenDeliveries } from './chosen-deliveries.ts';
import type { AskedCommand } from './command-dialog.tsx';

const words = m.mailFlow;

/** Waits at the foot of the page while something is chosen, and says for how many each command is possible. */
export function BulkBar({
  chosen,
  total,
  commands,
  onChooseAll,
  onClear,
  onCommand,
}: {
  readonly chosen: ChosenDeliveries;
  /** How many match. */
  readonly total: number;
  readonly commands: readonly DeliveryCommandWord[];
  readonly onChooseAll: () => void;
  readonly onClear: () => void;
  readonly onCommand: (asked: AskedCommand) => void;
}) {
  const count = chosen.all ? total : chosen.rows.length;
  if (count === 0) return <div role="status" />;
  return (
    <div className="sticky bottom-5 z-10 mt-4 max-md:bottom-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-surface border border-line-strong bg-surface py-2.5 pr-3 pl-[18px] shadow-float">
        <div role="status" className="flex min-w-0 flex-[1_1_220px] flex-wrap gap-x-3">
          <b className="num">
            {chosen.all ? words.bulk.allChosen(total) : words.bulk.chosen(count)}
          </b>
          {!chosen.all && total > chosen.rows.length ? (
            <button
              type="button"
              className="font-medium text-accent-text underline decoration-1 underline-offset-3"
              onClick={onChooseAll}
            >
              {words.bulk.chooseAll(total)}
            </button>
          ) : null}
        </div>
        <div className="flex flex-wrap gap-2 md:ml-auto">
          <Button look="quiet" onClick={onClear}>
            {words.bulk.clear}
          </Button>
          {commands.map((command) => {
            const impossible = countPossible(chosen, command, total) === 0;
            return (
              <Fragment key={command}>
                <Button
                  duty="operate"
                  disabled={impossible}
                  onClick={() => onCommand({ command, allowSender: false })}
                >
                  {words.command[command]}
                </Button>
                {command === 'release-quarantine' && !chosen.all ? (
                  <Button
                    duty="operate"
                    disabled={impossible}
                    onClick={() => onCommand({ command, allowSender: true })}
                  >
                    {words.releaseAndAllow}
                  </Button>
                ) : null}
              </Fragment>
            );
          })}
        </div>
      </div>
    </div>
  );
}
