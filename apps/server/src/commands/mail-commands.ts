import { countSpool, readLedger, Refusal } from '@holdfast/application';
import type { Ledger } from '@holdfast/domain';
import { createSpoolReader } from '@holdfast/mail';
import type { Command } from 'commander';
import { dataPaths } from '../composition/data-directory.ts';
import { commandConfiguration, withOrganisation, type CommandOptions } from './command-context.ts';
import { EXIT } from './exit-codes.ts';
import { iso, print, table } from './output.ts';

/** Most rows a listing prints. */
const MOST_ROWS = 1000;

interface TraceOptions extends CommandOptions {
  readonly messageId?: string;
  readonly recipient?: string;
}

export function addMailCommands(program: Command): void {
  common(program.command('trace').description('Where a message is, one line per recipient'))
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

  common(program.command('queue').description('Open deliveries, oldest first')).action(
    (options: CommandOptions) =>
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

  common(
    program
      .command('ledger')
      .description('Accounts for every accepted recipient; exit 1 when it does not balance'),
  ).action(async (options: CommandOptions) => {
    await withOrganisation(
      options,
      async ({ ports, actor }) => {
        const { inbound, outbound } = await readLedger(ports, actor.organisationId);
        print(options, { ...inbound, outbound }, () => ledgerLines(inbound));
        return inbound.balanced && outbound.balanced ? EXIT.ok : EXIT.differs;
      },
      () => spoolOnly(options),
    );
  });
}

function common(command: Command): Command {
  return command
    .option('--organisation <id or name>', 'which organisation, when there are several')
    .option('--json', 'print JSON');
}

/** The database is gone: what the disk alone can say. */
async function spoolOnly(options: CommandOptions): Promise<void> {
  const { configuration } = commandConfiguration();
  const reader = createSpoolReader({ directory: dataPaths(configuration.dataDirectory).spool });
  const { inbound, outbound } = await countSpool(reader, null, []);
  print(
    options,
    {
      accepted: inbound.accepted,
      open: null,
      terminal: null,
      balanced: null,
      outbound: { accepted: outbound.accepted },
      source: 'spool',
    },
    () => [
      `${inbound.accepted} recipients are accepted on disk. The database does not answer, so their states are not known now.`,
    ],
  );
}

/** `1,204 accepted = 1,201 delivered + 3 held + 0 lost`. */
function ledgerLines(ledger: Ledger): readonly string[] {
  const parts = [
    ...Object.entries(ledger.terminal),
    ...Object.entries(ledger.open),
    ['waiting for ingest', ledger.waitingForIngest] as const,
  ];
  const counted = parts.filter(([, count]) => count > 0).map(([name, count]) => `${count} ${name}`);
  const known = parts.reduce((total, [, count]) => total + count, 0);
  return [
    `${ledger.accepted} accepted = ${[...counted, `${ledger.accepted - known} lost`].join(' + ')}`,
    ledger.balanced ? 'Balanced.' : 'NOT balanced: run `holdfast doctor`.',
  ];
}
