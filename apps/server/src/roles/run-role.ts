import type { Log } from '@holdfast/application';
import { createLog } from '../composition/log.ts';
import { processEnvironment } from '../configuration/process-environment.ts';
import { readConfiguration, type Configuration } from '../configuration/read-configuration.ts';
import { ROLES, type Role } from '../configuration/roles.ts';
import { runRoleProcess, type RunningRole } from './role-process.ts';

type StartRole = (configuration: Configuration, log: Log) => Promise<RunningRole>;

/** Loaded one by one, so that mx never loads what it does not need. */
const START: Readonly<Record<Role, () => Promise<StartRole>>> = {
  mx: async () => (await import('./mx.ts')).startMx,
  ingest: async () => (await import('./ingest.ts')).startIngest,
  relay: async () => (await import('./relay.ts')).startRelay,
  web: async () => (await import('./web.ts')).startWeb,
  worker: async () => (await import('./worker.ts')).startWorker,
};

/** What the supervisor starts as `main.js role <name>`; people start the supervisor. */
export async function runRole(name: string): Promise<void> {
  const configuration = readConfiguration(processEnvironment);
  const log = createLog({ level: configuration.logLevel, role: name });
  const role = ROLES.find((candidate) => candidate === name);
  if (role === undefined) throw new Error(`There is no role “${name}”.`);
  await runRoleProcess(log, async () => (await START[role]())(configuration, log));
}
