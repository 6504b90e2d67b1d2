import { Refusal } from '@holdfast/application';
import type { Command } from 'commander';
import { withOrganisation, type CommandOptions } from './command-context.ts';
import { withOrganisationOption } from './organisation-option.ts';
import { EXIT } from './exit-codes.ts';
import { iso, print, table } from './output.ts';

/** Most rows a listing prints. */
const MOST_ROWS = 1000;

interface TraceOptions extends CommandOptions {
  readonly messageId?: string;
  readonly recipient?: string;
}

export function addTraceCommand(program: Command): void {
  withOrganisationOption(
    program.command('trace').description('Where a message is, one line per recipient'),
  )
    .option('--message-id <id>', 'RFC 5322 Message-ID, with or without brackets')
    .option('--recipient <address>', 'envelope recipient')
    .action((options: TraceOptions) =>
      withOrganisation(options, async ({ ports, actor }) => {
        if (options.messageId === undefined && options.recipient === undefined) {
          throw new Refusal('input.invalid', 'Say what to trace: --message-id or --recipient.');
        }
        const rows = await ports.database.withinOrganisation(actor.organisationId, ({ mailFlow }) =>
          mailFlow.trace({
            messageId:
              options.messageId === undefined
                ? null
                : `<${options.messageId.replace(/^<|>$/g, '')}>`,
            recipient: options.recipient?.trim().toLowerCase() ?? null,
            limit: MOST_ROWS,
          }),
        );
        const shown = rows.map((row) => ({
          messageId: row.messageId,
          recipient: row.recipient,
          state: row.state,
          reply: row.reply,
          at: iso(row.at),
        }));
        print(options, shown, () =>
          shown.length === 0
            ? ['Nothing found.']
            : table(
                ['AT', 'STATE', 'RECIPIENT', 'REPLY'],
                shown.map((row) => [row.at, row.state, row.recipient, row.reply ?? '']),
              ),
        );
        return shown.length === 0 ? EXIT.notFound : EXIT.ok;
      }),
    );
}
