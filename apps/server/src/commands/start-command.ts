import { AlreadyRunningError, RoleRefusedError } from '../supervisor/start-refusals.ts';
import { createSetUpLink, type Ports } from '@holdfast/application';
import { isMarkedAsDemo } from '@holdfast/database';
import type { Command } from 'commander';
import { once } from 'node:events';
import { dataPaths, prepareDataDirectory } from '../composition/data-directory.ts';
import { createLog } from '../composition/log.ts';
import { ensureMxCertificate } from '../composition/mx-certificate.ts';
import { processEnvironment } from '../configuration/process-environment.ts';
import {
  ConfigurationError,
  missingForProduction,
  readConfiguration,
  type Configuration,
} from '../configuration/read-configuration.ts';
import { awaitDelivery } from '../demo/await-delivery.ts';
import { ensureDemoApplication } from '../demo/demo-application.ts';
import { demoConfiguration } from '../demo/demo-configuration.ts';
import {
  DEMO_ADMINISTRATOR,
  demoPassword,
  writeDemoFacts,
  type DemoFacts,
} from '../demo/demo-facts.ts';
import { claimDemoDatabase, seedDemo, type Seeded } from '../demo/seed-demo.ts';
import { startSimulatorProcess, takeSmsAnswers } from '../demo/simulator-process.ts';
import { readRunning } from '../supervisor/running-file.ts';
import { supervise, type Supervision } from '../supervisor/supervise.ts';
import { reportFailure } from './command-context.ts';
import { EXIT } from './exit-codes.ts';
import { demoSummary, productionSummary } from './start-summary.ts';

interface StartOptions {
  readonly demo?: boolean;
  readonly installed?: boolean;
}

/** Days of mail that the simulated mailboxes start with. */
const SAMPLE_DAYS = 5;

export function addStartCommand(program: Command): void {
  program
    .command('start')
    .description('Start the supervisor and all roles of this host')
    .option('--demo', 'with a simulated outside world and the demo organisation Contoso')
    .option(
      '--installed',
      'demo only: everyone protected, alternate info for most, thirty days of mail',
    )
    .action(async (options: StartOptions) => {
      const signal = stopSignal();
      try {
        await (options.demo === true
          ? startDemo(signal, options.installed === true)
          : startProduction(signal));
      } catch (error) {
        if (!signal.aborted) reportFailure({}, error);
        // Whatever is still open must not keep a failed start alive.
        process.exit(process.exitCode ?? EXIT.ok);
      }
    });
}

/** One line per step on stderr, with the seconds since the start. */
function progressLines(): (sentence: string) => void {
  const startedAt = Date.now();
  return (sentence) => {
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1).padStart(5);
    process.stderr.write(`${seconds} s  ${sentence}\n`);
  };
}

async function startDemo(signal: AbortSignal, installed: boolean): Promise<void> {
  const progress = progressLines();
  let configuration = demoConfiguration(readConfiguration(processEnvironment));
  const paths = dataPaths(configuration.dataDirectory);
  prepareDataDirectory(paths);
  // Before anything is started or written: demo.json is the running one's.
  const other = readRunning(paths.running);
  if (other !== null) throw new AlreadyRunningError(other.pid, configuration.dataDirectory);
  await ensureMxCertificate(configuration, paths);
  await ensureDemoApplication(paths);
  const log = createLog({ level: 'error', role: 'supervisor' });
  progress('Starting the simulated outside world');
  const simulator = await startSimulatorProcess(configuration, installed ? 0 : SAMPLE_DAYS);
  configuration = {
    ...configuration,
    smsToken: simulator.tenant.smsToken,
    voiceToken: simulator.tenant.voiceToken,
    smsInboundToken: simulator.tenant.smsAnswerToken,
  };
  await takeSmsAnswers(simulator, configuration.portalUrl);
  const facts: DemoFacts = {
    adminUrl: configuration.adminUrl,
    portalUrl: configuration.portalUrl,
    adminEmail: DEMO_ADMINISTRATOR.email,
    adminPassword: demoPassword(paths.demoFacts),
    mxPort: configuration.mxPort,
    simulatorUrl: simulator.controlUrl,
  };
  writeDemoFacts(paths.demoFacts, facts);
  let supervision: Supervision;
  let seeded: Seeded = { installed, fresh: false };
  try {
    supervision = await supervise({
      configuration,
      log,
      progress,
      demo: true,
      signal,
      prepare: async (databaseUrl) => {
        seeded = await withPorts({ ...configuration, databaseUrl }, 'seed', async (ports) => {
          await claimDemoDatabase(ports, databaseUrl);
          return seedDemo(ports, {
            tenant: simulator.tenant,
            password: facts.adminPassword,
            installed,
            simulatorUrl: simulator.controlUrl,
            progress,
          });
        });
        return simulator;
      },
    });
  } catch (error) {
    await simulator.stop();
    throw error;
  }
  if (seeded.fresh) {
    progress('Delivering thirty days of mail');
    const { databaseUrl } = supervision;
    await withPorts({ ...configuration, databaseUrl }, 'start', (ports) =>
      awaitDelivery(ports, signal),
    ).catch((error: unknown) => log.error('delivery not awaited', { error: String(error) }));
  }
  process.stdout.write(`${demoSummary(facts, seeded.installed)}\n`);
  await untilStopped(signal, supervision, progress);
}

async function startProduction(signal: AbortSignal): Promise<void> {
  const progress = progressLines();
  const configuration = readConfiguration(processEnvironment);
  const missing = missingForProduction(configuration);
  if (missing.length > 0) throw new ConfigurationError(missing);
  const paths = dataPaths(configuration.dataDirectory);
  prepareDataDirectory(paths);
  await ensureMxCertificate(configuration, paths);
  const log = createLog({ level: configuration.logLevel, role: 'supervisor' });
  const supervision = await supervise({
    configuration,
    log,
    progress,
    demo: false,
    signal,
    prepare: async (databaseUrl) => {
      if (await isMarkedAsDemo(databaseUrl)) {
        throw new RoleRefusedError(
          'This is the database of a demo: its sign-in is known. Use another HOLDFAST_DATA_DIR or DATABASE_URL, or start with --demo.',
        );
      }
      return null;
    },
  });
  process.stdout.write(
    `${productionSummary(configuration, await setUpLink(configuration, supervision))}\n`,
  );
  await untilStopped(signal, supervision, progress);
}

/** The one-time link of the first administrator; null when there is one. */
async function setUpLink(
  configuration: Configuration,
  { databaseUrl }: Supervision,
): Promise<string | null> {
  return withPorts(
    { ...configuration, databaseUrl },
    'start',
    async (ports) => (await createSetUpLink(ports))?.url ?? null,
  );
}

/** All adapters: loaded when they are needed, so that --help and a refusal answer at once. */
async function withPorts<T>(
  configuration: Configuration,
  role: string,
  work: (ports: Ports) => Promise<T>,
): Promise<T> {
  const log = createLog({ level: 'error', role: 'supervisor' });
  const { composePorts } = await import('../composition/compose-ports.ts');
  const { ports, close } = await composePorts(configuration, role, log);
  try {
    return await work(ports);
  } finally {
    await close();
  }
}

/** Aborted by Ctrl-C or SIGTERM, also during the start; more of them change nothing. */
function stopSignal(): AbortSignal {
  const ending = new AbortController();
  process.on('SIGINT', () => ending.abort());
  process.on('SIGTERM', () => ending.abort());
  return ending.signal;
}

async function untilStopped(
  signal: AbortSignal,
  supervision: Supervision,
  progress: (sentence: string) => void,
): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
  progress('Stopping: web, worker, relay, mx, ingest, then the database');
  await supervision.stop();
  progress('Stopped. Nothing accepted is lost.');
  process.exit(EXIT.ok);
}
