import type { Command } from 'commander';
import { runOnSelection, type SelectionOptions } from './command-deliveries-command.ts';
import { withOrganisation } from './command-context.ts';
import { EXIT } from './exit-codes.ts';
import { addDiscard, withSelection } from './queue-command.ts';
import { readQueueFilter, withQueueOptions, type QueueOptions } from './queue-options.ts';
import { printQueueRows, readQueueRows } from './queue-rows.ts';

export function addQuarantineCommand(program: Command): void {
  const quarantine = program
    .command('quarantine')
    .description('Mail that was kept back for its verdict');
  withQueueOptions(quarantine.command('list').description('Oldest first')).action(
    (options: QueueOptions) =>
      withOrganisation(options, async (context) => {
        const now = context.ports.clock.now();
        const filter = { ...readQueueFilter(options, now), states: ['quarantined'] as const };
        printQueueRows(options, await readQueueRows(context, filter), 'Nothing is in quarantine.');
        return EXIT.ok;
      }),
  );
  withSelection(quarantine.command('release').description('Deliver it after all'))
    .option('--allow-sender', 'put the senders on the allow list as well')
    .action((ids: readonly string[], options: SelectionOptions) =>
      runOnSelection(ids, options, {
        command: () => ({ kind: 'release-quarantine' }),
        states: ['quarantined'],
        done: 'released',
      }),
    );
  addDiscard(quarantine, ['quarantined']);
}
