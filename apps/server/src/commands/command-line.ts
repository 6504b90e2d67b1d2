import { Command } from 'commander';
import { addDirectoryCommand } from './directory-command.ts';
import { addDoctorCommand } from './doctor-command.ts';
import { addEventCommand } from './event-command.ts';
import { reportFailure } from './command-context.ts';
import { addInstallCommand } from './install-command.ts';
import { addMailCommands } from './mail-commands.ts';
import { addOrganisationCommand } from './organisation-command.ts';
import { addStartCommand } from './start-command.ts';
import { addStatusCommand } from './status-command.ts';
import { addUsersCommand } from './users-command.ts';
import { EXIT } from './exit-codes.ts';

/** Parses the command line and runs what it names. */
export async function runCommandLine(): Promise<void> {
  const program = new Command('holdfast')
    .description('E-mail continuity for Office 365')
    .showHelpAfterError('(see --help)')
    .configureOutput({ outputError: (text, write) => write(text) })
    .exitOverride((error) => {
      process.exit(error.exitCode === 0 ? EXIT.ok : EXIT.usage);
    });
  // `holdfast queue | head` closes the pipe early; that is no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.internal);
  });
  addStartCommand(program);
  addOrganisationCommand(program);
  addInstallCommand(program);
  addUsersCommand(program);
  addDirectoryCommand(program);
  addEventCommand(program);
  addMailCommands(program);
  addStatusCommand(program);
  addDoctorCommand(program);
  try {
    await program.parseAsync();
  } catch (error) {
    reportFailure({}, error);
  }
}
