import { countSpool, NO_SPOOL_KEYS, readLedger } from '@holdfast/application';
import type { Ledger } from '@holdfast/domain';
import type { Command } from 'commander';
import { dataPaths } from '../composition/data-directory.ts';
import { commandConfiguration, withOrganisation, type CommandOptions } from './command-context.ts';
import { withOrganisationOption } from './organisation-option.ts';
import { EXIT } from './exit-codes.ts';
import { print } from './output.ts';

export function addLedgerCommand(program: Command): void {
  withOrganisationOption(
    program
      .command('ledger')
      .description('Accounts for every accepted recipient; exit 1 when it does not balance'),
  ).action(async (options: CommandOptions) => {
    await withOrganisation(
      options,
      async ({ ports, actor }) => {
        const { inbound, outbound, notices } = await readLedger(ports, actor.organisationId);
        const balanced = inbound.balanced && outbound.balanced && notices.balanced;
        print(options, { ...inbound, outbound, notices }, () => [
          ledgerLine(inbound),
          `Written here: ${ledgerLine(outbound)}`,
          `Our own notices and reports: ${ledgerLine(notices)}`,
          balanced ? 'Balanced.' : 'NOT balanced: run `holdfast doctor`.',
        ]);
        return balanced ? EXIT.ok : EXIT.differs;
      },
      () => spoolOnly(options),
    );
  });
}

/** The database is gone: what the disk alone can say. */
async function spoolOnly(options: CommandOptions): Promise<void> {
  const { createSpoolReader } = await import('@holdfast/mail');
  const { configuration } = commandConfiguration();
  const reader = createSpoolReader({
    directory: dataPaths(configuration.dataDirectory).spool,
    keys: NO_SPOOL_KEYS,
  });
  const { inbound, outbound, notices } = await countSpool(reader, null, []);
  print(
    options,
    {
      accepted: inbound.accepted,
      open: null,
      terminal: null,
      balanced: null,
      outbound: { accepted: outbound.accepted },
      notices: { accepted: notices.accepted },
      source: 'spool',
    },
    () => [
      `${inbound.accepted} recipients are accepted on disk. The database does not answer, so their states are not known now.`,
    ],
  );
}

/** `1,204 accepted = 1,201 delivered + 3 held + 0 lost`. */
function ledgerLine(ledger: Ledger): string {
  const parts = [
    ...Object.entries(ledger.terminal),
    ...Object.entries(ledger.open),
    ['waiting for ingest', ledger.waitingForIngest] as const,
  ];
  const counted = parts.filter(([, count]) => count > 0).map(([name, count]) => `${count} ${name}`);
  const known = parts.reduce((total, [, count]) => total + count, 0);
  return `${ledger.accepted} accepted = ${[...counted, `${ledger.accepted - known} lost`].join(' + ')}`;
}
