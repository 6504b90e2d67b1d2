import type { Command } from 'commander';

/** What every command about one organisation takes. */
export function withOrganisationOption(command: Command): Command {
  return command
    .option('--organisation <id or name>', 'which organisation, when there are several')
    .option('--json', 'print JSON');
}
