import { inspectMessage } from '@holdfast/application';
import type { DeliveryCommandKind, QueueState } from '@holdfast/domain';
import type { Command } from 'commander';
import { runOnSelection, type SelectionOptions } from './command-deliveries-command.ts';
import { withOrganisation, type CommandOptions } from './command-context.ts';
import { EXIT } from './exit-codes.ts';
import { inspectionLines, inspectionValue } from './inspection-output.ts';
import { withOrganisationOption } from './organisation-option.ts';
import { print } from './output.ts';
import { readQueueFilter, withQueueOptions, type QueueOptions } from './queue-options.ts';
import { printQueueRows, readQueueRows } from './queue-rows.ts';

export function addQueueCommand(program: Command): void {
  const queue = withQueueOptions(
    program.command('queue').description('Open deliveries, oldest first').enablePositionalOptions(),
  ).action(listQueueRows);
  withQueueOptions(queue.command('list').description('The same')).action(listQueueRows);
  withOrganisationOption(
    queue
      .command('inspect')
      .description('One message: envelope, recipients, every attempt; never its content')
      .argument('<id>', 'id of a message or of one of its deliveries'),
  ).action((id: string, options: CommandOptions) =>
    withOrganisation(options, async ({ ports, actor }) => {
      const reading = await inspectMessage(ports, actor, { id });
      print(options, inspectionValue(reading), () => inspectionLines(reading));
      return EXIT.ok;
    }),
  );
  addCommand(queue, 'retry', 'Try again now', ['deferred', 'review'], 'due now');
  addCommand(queue, 'hold', 'Keep until released', ['queued', 'deferred', 'review'], 'held');
  addCommand(queue, 'release', 'Let held mail go on', ['review', 'held'], 'released');
  addDiscard(queue, ['queued', 'deferred', 'review', 'held']);
}

function listQueueRows(options: QueueOptions): Promise<void> {
  return withOrganisation(options, async (context) => {
    const filter = readQueueFilter(options, context.ports.clock.now());
    printQueueRows(options, await readQueueRows(context, filter), 'The queue is empty.');
    return EXIT.ok;
  });
}

function addCommand(
  queue: Command,
  kind: Exclude<DeliveryCommandKind, 'discard'>,
  description: string,
  states: readonly QueueState[],
  done: string,
): void {
  withSelection(queue.command(kind).description(description)).action(
    (ids: readonly string[], options: SelectionOptions) =>
      runOnSelection(ids, options, { command: () => ({ kind }), states, done }),
  );
}

export function addDiscard(parent: Command, states: readonly QueueState[]): void {
  withSelection(parent.command('discard').description('Give mail up, with a reason that is kept'))
    .requiredOption('--reason <text>', 'why; shown in the trace and in the audit log')
    .action((ids: readonly string[], options: SelectionOptions) =>
      runOnSelection(ids, options, {
        command: ({ reason }) => ({ kind: 'discard', reason: reason ?? '' }),
        states,
        done: 'discarded',
      }),
    );
}

export function withSelection(command: Command): Command {
  return withQueueOptions(command)
    .argument('[ids...]', 'ids of deliveries, as `queue` lists them')
    .option('--all', 'everything that the filters leave')
    .option('--yes', 'with --all: do it');
}
