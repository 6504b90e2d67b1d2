import type { Command } from 'commander';
import { withOrganisation, type CommandOptions } from './command-context.ts';
import { withOrganisationOption } from './organisation-option.ts';
import { EXIT } from './exit-codes.ts';
import { iso, print, table } from './output.ts';

/** Most rows a listing prints. */
const MOST_ROWS = 1000;

export function addQueueCommand(program: Command): void {
  withOrganisationOption(
    program.command('queue').description('Open deliveries, oldest first'),
  ).action((options: CommandOptions) =>
    withOrganisation(options, async ({ ports, actor }) => {
      const rows = await ports.database.withinOrganisation(actor.organisationId, ({ mailFlow }) =>
        mailFlow.queue(MOST_ROWS),
      );
      const shown = rows.map((row) => ({
        id: row.id,
        recipient: row.recipient,
        route: row.route,
        state: row.state,
        attempts: row.attempts,
        dueAt: row.dueAt === null ? null : iso(row.dueAt),
        acceptedAt: iso(row.acceptedAt),
        reply: row.reply,
      }));
      print(options, shown, () =>
        shown.length === 0
          ? ['The queue is empty.']
          : table(
              ['ACCEPTED', 'STATE', 'TRIES', 'RECIPIENT', 'REPLY'],
              shown.map((row) => [
                row.acceptedAt,
                row.state,
                String(row.attempts),
                row.recipient,
                row.reply ?? '',
              ]),
            ),
      );
      return EXIT.ok;
    }),
  );
}
