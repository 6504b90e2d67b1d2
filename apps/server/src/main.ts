/**
 * The composition root and command line of Holdfast: the only place that knows every package. It holds wiring and no
 * decisions.
 */
import { Command } from 'commander';
import { addDirectoryCommand } from './commands/directory-command.ts';
import { addDoctorCommand } from './commands/doctor-command.ts';
import { addEventCommand } from './commands/event-command.ts';
import { reportFailure } from './commands/command-context.ts';
import { addInstallCommand } from './commands/install-command.ts';
import { addMailCommands } from './commands/mail-commands.ts';
import { addOrganisationCommand } from './commands/organisation-command.ts';
import { addRoleCommand } from './commands/role-command.ts';
import { addStartCommand } from './commands/start-command.ts';
import { addStatusCommand } from './commands/status-command.ts';
import { addUsersCommand } from './commands/users-command.ts';
import { EXIT } from './commands/exit-codes.ts';

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
addRoleCommand(program);

try {
  await program.parseAsync();
} catch (error) {
  reportFailure({}, error);
}
