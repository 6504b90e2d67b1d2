import { createOrganisation, createSetUpLink } from '@holdfast/application';
import type { Command } from 'commander';
import { withPorts } from './command-context.ts';
import { EXIT } from './exit-codes.ts';
import { print, type OutputOptions } from './output.ts';

export function addOrganisationCommand(program: Command): void {
  const organisation = program
    .command('organisation')
    .description('Organisations on this installation');
  organisation
    .command('create')
    .description('Make another organisation')
    .requiredOption('--name <name>', 'its name')
    .option('--json', 'print JSON')
    .action((options: OutputOptions & { readonly name: string }) =>
      withPorts(options, async (ports) => {
        const created = await createOrganisation(ports, { name: options.name });
        const link = await createSetUpLink(ports);
        print(options, { id: created.id, name: created.name, setUpUrl: link?.url ?? null }, () => [
          `Made ${created.name} (${created.id}).`,
          ...(link === null
            ? []
            : [`Its first administrator signs up here, within 24 hours: ${link.url}`]),
        ]);
        return EXIT.ok;
      }),
    );
}
