import type { Actor, OrganisationRecord, Ports } from '@holdfast/application';
import { DatabaseUnavailableError, Refusal } from '@holdfast/application';
import { dataPaths, demoSecretKey, leftDemoKey } from '../composition/data-directory.ts';
import { createLog } from '../composition/log.ts';
import { processEnvironment } from '../configuration/process-environment.ts';
import { readConfiguration, type Configuration } from '../configuration/read-configuration.ts';
import { readRunning } from '../supervisor/running-file.ts';
import { failureOf } from './exit-codes.ts';
import { print, type OutputOptions } from './output.ts';

export interface CommandOptions extends OutputOptions {
  readonly organisation?: string;
}

export interface CommandContext {
  readonly ports: Ports;
  readonly configuration: Configuration;
  readonly organisation: OrganisationRecord;
  readonly actor: Extract<Actor, { kind: 'command-line' }>;
}

/**
 * The configuration a command works with: the environment, and below it the settings of the product that runs on this
 * data directory, so that `holdfast status` beside a running demo needs no variables.
 */
export function commandConfiguration(): {
  readonly configuration: Configuration;
  readonly demo: boolean;
} {
  const own = readConfiguration(processEnvironment);
  const paths = dataPaths(own.dataDirectory);
  const running = readRunning(paths.running);
  if (running === null) {
    // A demo that is stopped left its key: commands then say that the database is gone, and not that a key is missing.
    const left = own.secretKey === null ? leftDemoKey(paths) : null;
    return {
      configuration: left === null ? own : { ...own, secretKey: left },
      demo: left !== null,
    };
  }
  const environment = { ...running.environment, ...definedOnly(processEnvironment) };
  const secretKey =
    running.demo && processEnvironment['HOLDFAST_SECRET_KEY'] === undefined
      ? { HOLDFAST_SECRET_KEY: demoSecretKey(paths) }
      : {};
  return { configuration: readConfiguration({ ...environment, ...secretKey }), demo: running.demo };
}

function definedOnly(
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}

/**
 * Runs a command with ports and the organisation it means; prints refusals and sets the exit code. `withoutDatabase`
 * answers in its place when the database is gone; the exit code stays 75.
 */
export async function withOrganisation(
  options: CommandOptions,
  work: (context: CommandContext) => Promise<number>,
  withoutDatabase?: () => Promise<void>,
): Promise<void> {
  await withPorts(
    options,
    async (ports, configuration) => {
      const organisation = await chooseOrganisation(ports, options.organisation);
      return work({
        ports,
        configuration,
        organisation,
        actor: { kind: 'command-line', organisationId: organisation.id },
      });
    },
    withoutDatabase,
  );
}

export async function withPorts(
  options: OutputOptions,
  work: (ports: Ports, configuration: Configuration) => Promise<number>,
  withoutDatabase?: () => Promise<void>,
): Promise<void> {
  try {
    const { configuration } = commandConfiguration();
    // All adapters: loaded when they are needed, so that --help and a refusal answer at once.
    const { composePorts } = await import('../composition/compose-ports.ts');
    const { ports, close } = await composePorts(
      configuration,
      'command',
      createLog({ level: 'error', role: 'command' }),
    );
    try {
      process.exitCode = await work(ports, configuration);
    } finally {
      await close();
    }
  } catch (error) {
    const answered = error instanceof DatabaseUnavailableError && withoutDatabase !== undefined;
    if (answered) await withoutDatabase();
    reportFailure(answered ? {} : options, error);
  }
}

export function reportFailure(options: OutputOptions, error: unknown): void {
  const failure = failureOf(error);
  process.exitCode = failure.exit;
  if (options.json === true)
    print(options, { error: { code: failure.code, message: failure.message } }, () => []);
  process.stderr.write(`${failure.message}\n`);
}

/** By id or name; the only one when nothing is said. */
async function chooseOrganisation(
  ports: Ports,
  wanted: string | undefined,
): Promise<OrganisationRecord> {
  const all = await ports.database.acrossOrganisations((system) => system.organisations());
  const matching =
    wanted === undefined ? all : all.filter(({ id, name }) => id === wanted || name === wanted);
  const [only, ...more] = matching;
  if (only === undefined) {
    throw new Refusal(
      'organisation.unknown',
      wanted === undefined
        ? 'There is no organisation yet. Make one with: holdfast organisation create --name <name>'
        : `There is no organisation “${wanted}”.`,
    );
  }
  if (more.length > 0) {
    const names = matching.map(({ name }) => name).join(', ');
    throw new Refusal(
      'organisation.ambiguous',
      `There are several organisations. Say which with --organisation: ${names}`,
    );
  }
  return only;
}
