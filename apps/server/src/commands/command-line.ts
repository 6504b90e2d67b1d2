import { Command } from 'commander';
import { EXIT } from './exit-codes.ts';

type AddCommand = (program: Command) => void;

/** Loaded one by one: a command does not wait for what only others need. In the order of the help. */
const COMMANDS: Readonly<Record<string, () => Promise<AddCommand>>> = {
  start: async () => (await import('./start-command.ts')).addStartCommand,
  organisation: async () => (await import('./organisation-command.ts')).addOrganisationCommand,
  install: async () => (await import('./install-command.ts')).addInstallCommand,
  uninstall: async () => (await import('./uninstall-command.ts')).addUninstallCommand,
  users: async () => (await import('./users-command.ts')).addUsersCommand,
  directory: async () => (await import('./directory-command.ts')).addDirectoryCommand,
  domain: async () => (await import('./domain-command.ts')).addDomainCommand,
  exchange: async () => (await import('./exchange-command.ts')).addExchangeCommand,
  event: async () => (await import('./event-command.ts')).addEventCommand,
  trace: async () => (await import('./trace-command.ts')).addTraceCommand,
  queue: async () => (await import('./queue-command.ts')).addQueueCommand,
  quarantine: async () => (await import('./quarantine-command.ts')).addQuarantineCommand,
  erase: async () => (await import('./erase-command.ts')).addEraseCommand,
  ledger: async () => (await import('./ledger-command.ts')).addLedgerCommand,
  status: async () => (await import('./status-command.ts')).addStatusCommand,
  doctor: async () => (await import('./doctor-command.ts')).addDoctorCommand,
};

/** Parses the command line and runs what it names. */
export async function runCommandLine(name: string | undefined): Promise<void> {
  const program = new Command('holdfast')
    .description('E-mail continuity for Office 365')
    .showHelpAfterError('(see --help)')
    // `queue list --json`: the option is the subcommand's, although `queue` alone takes it, too.
    .enablePositionalOptions()
    .configureOutput({ outputError: (text, write) => write(text) })
    .exitOverride((error) => {
      process.exit(error.exitCode === 0 ? EXIT.ok : EXIT.usage);
    });
  // `holdfast queue | head` closes the pipe early; that is no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.internal);
  });
  const named = name === undefined ? undefined : COMMANDS[name];
  for (const load of named === undefined ? Object.values(COMMANDS) : [named]) {
    const add = await load();
    add(program);
  }
  await program.parseAsync();
}
