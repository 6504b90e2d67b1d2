import { eraseMessage, Refusal } from '@holdfast/application';
import type { Command } from 'commander';
import { dataPaths } from '../composition/data-directory.ts';
import { withOrganisation, type CommandOptions } from './command-context.ts';
import { EXIT } from './exit-codes.ts';
import { withOrganisationOption } from './organisation-option.ts';
import { iso, print } from './output.ts';

interface EraseOptions extends CommandOptions {
  readonly messageId: string;
  readonly reason: string;
  readonly yes?: boolean;
}

export function addEraseCommand(program: Command): void {
  withOrganisationOption(
    program
      .command('erase')
      .description('Erases what a message said, for good; its envelope and its states stay'),
  )
    .requiredOption('--message-id <id>', 'RFC 5322 Message-ID, or the id of our record')
    .requiredOption('--reason <text>', 'why; kept in the audit log')
    .option('--yes', 'do it: without this the command changes nothing')
    .action((options: EraseOptions) =>
      withOrganisation(options, async ({ ports, actor, configuration }) => {
        if (options.yes !== true)
          throw new Refusal('input.invalid', 'This cannot be taken back. Add --yes to erase it.');
        const { createMessageErasure } = await import('@holdfast/mail');
        const { spool: directory } = dataPaths(configuration.dataDirectory);
        const erasure = createMessageErasure({ directory });
        const erased = await eraseMessage({ ...ports, erasure }, actor, options);
        print(options, { erased }, () =>
          erased.map(({ id, acceptedAt, hadBytes }) =>
            hadBytes
              ? `Erased ${id}, accepted at ${iso(acceptedAt)}.`
              : `Erased what was known of ${id}, accepted at ${iso(acceptedAt)}; its bytes were gone already.`,
          ),
        );
        return EXIT.ok;
      }),
    );
}
