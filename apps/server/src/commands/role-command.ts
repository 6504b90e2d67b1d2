import type { Log } from '@holdfast/application';
import type { Command } from 'commander';
import { createLog } from '../composition/log.ts';
import { processEnvironment } from '../configuration/process-environment.ts';
import { readConfiguration, type Configuration } from '../configuration/read-configuration.ts';
import { ROLES, type Role } from '../configuration/settings.ts';
import { runRoleProcess, type RunningRole } from '../roles/role-process.ts';

type StartRole = (configuration: Configuration, log: Log) => Promise<RunningRole>;

/** Loaded lazily, so that mx never loads what it does not need. */
const START: Readonly<Record<Role, () => Promise<StartRole>>> = {
  mx: async () => (await import('../roles/mx.ts')).startMx,
  ingest: async () => (await import('../roles/ingest.ts')).startIngest,
  relay: async () => (await import('../roles/relay.ts')).startRelay,
  web: async () => (await import('../roles/web.ts')).startWeb,
  worker: async () => (await import('../roles/worker.ts')).startWorker,
};

/** What the supervisor runs; hidden, since people start the supervisor. */
export function addRoleCommand(program: Command): void {
  program
    .command('role', { hidden: true })
    .argument('<name>', `one of ${ROLES.join(', ')}`)
    .action(async (name: string) => {
      const configuration = readConfiguration(processEnvironment);
      const log = createLog({ level: configuration.logLevel, role: name });
      const role = ROLES.find((candidate) => candidate === name);
      if (role === undefined) throw new Error(`There is no role “${name}”.`);
      await runRoleProcess(log, async () => (await START[role]())(configuration, log));
    });
}
