import { MessageGoneError, type MessageStore, type Ports } from '@holdfast/application';
import { X509Certificate } from 'node:crypto';
import { readFileSync, statfsSync, statSync } from 'node:fs';
import type { Command } from 'commander';
import { dataPaths } from '../composition/data-directory.ts';
import { createLog } from '../composition/log.ts';
import { mxCertificate } from '../composition/mx-certificate.ts';
import type { Configuration } from '../configuration/read-configuration.ts';
import { readRunning } from '../supervisor/running-file.ts';
import { commandConfiguration, reportFailure } from './command-context.ts';
import { EXIT } from './exit-codes.ts';
import { spoolFindings } from './doctor-spool.ts';
import { fine, look, problem, type Finding, type Result } from './findings.ts';
import { print, type OutputOptions } from './output.ts';

interface DoctorOptions extends OutputOptions {
  readonly verify?: boolean;
}

const DAY = 86_400_000;
const CERTIFICATE_WARNING = 21 * DAY;
const SNAPSHOT_OLD = DAY;

export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description(
      'Looks over this installation: disk, spool, snapshot, certificate, database, alarms; exit 1 on a finding',
    )
    .option('--json', 'print JSON')
    .option(
      '--verify',
      'read every message of the spool and verify it; takes as long as reading the disk',
    )
    .action(async (options: DoctorOptions) => {
      try {
        const { configuration } = commandConfiguration();
        const findings = [
          ...(await diskFindings(configuration)),
          ...(await databaseFindings(configuration, options.verify === true)),
        ];
        print(options, { healthy: findings.every(({ ok }) => ok), findings }, () =>
          findings.map(
            ({ ok, check, detail }) => `${ok ? 'ok      ' : 'PROBLEM '} ${check}: ${detail}`,
          ),
        );
        process.exitCode = findings.every(({ ok }) => ok) ? EXIT.ok : EXIT.differs;
      } catch (error) {
        reportFailure(options, error);
      }
    });
}

async function diskFindings(configuration: Configuration): Promise<readonly Finding[]> {
  const { createSnapshotStore, DISK_RESERVE_INODES } = await import('@holdfast/mail');
  const paths = dataPaths(configuration.dataDirectory);
  return [
    await look('running', () => {
      const running = readRunning(paths.running);
      return running === null
        ? problem('no supervisor runs on this data directory')
        : fine(`process ${running.pid}`);
    }),
    await look('data directory', () => {
      const mode = statSync(paths.root).mode & 0o777;
      return (mode & 0o077) === 0
        ? fine(`mode ${mode.toString(8)}`)
        : problem(`mode ${mode.toString(8)}: others can read mail. Use chmod 700 ${paths.root}`);
    }),
    await look('disk', () => {
      const { bavail, bsize, files, ffree } = statfsSync(paths.spool);
      const free = bavail * bsize;
      const inodes = files === 0 ? '' : `, ${ffree} inodes free, reserve ${DISK_RESERVE_INODES}`;
      const words = `${Math.floor(free / 1024 / 1024)} MiB free, reserve ${Math.floor(configuration.diskReserveBytes / 1024 / 1024)} MiB${inodes}`;
      const isEnough =
        free > configuration.diskReserveBytes && (files === 0 || ffree >= DISK_RESERVE_INODES);
      return isEnough ? fine(words) : problem(`${words}: mail is deferred with 452`);
    }),
    await look('snapshot', async () => {
      const snapshot = await createSnapshotStore({ directory: paths.snapshot }).read();
      if (snapshot === null)
        return problem('there is none: mx answers 451 until ingest has written one');
      const oldest = Math.min(...snapshot.domains.map((domain) => domain.syncedAt), Date.now());
      const words = `version ${snapshot.version}, ${snapshot.domains.length} domains, ${snapshot.recipients.length} recipients`;
      return Date.now() - oldest > SNAPSHOT_OLD
        ? problem(
            `${words}; the directory was not read for a day, unknown recipients are asked for`,
          )
        : fine(words);
    }),
    await look('certificate', () => {
      const certificate = new X509Certificate(
        readFileSync(mxCertificate(configuration, paths).certificate),
      );
      const left = certificate.validToDate.getTime() - Date.now();
      const words = `valid until ${certificate.validToDate.toISOString().slice(0, 10)}`;
      return left > CERTIFICATE_WARNING ? fine(words) : problem(`${words}: renew it`);
    }),
  ];
}

async function databaseFindings(
  configuration: Configuration,
  verify: boolean,
): Promise<readonly Finding[]> {
  const log = createLog({ level: 'error', role: 'doctor' });
  try {
    // All adapters: loaded when they are needed, so that --help and a refusal answer at once.
    const { composePorts } = await import('../composition/compose-ports.ts');
    const { ports, close } = await composePorts(configuration, 'doctor', log);
    try {
      return [
        await look('database', async () => {
          await ports.database.ping();
          return fine('answers, schema known');
        }),
        await look('spool alarms', async () => {
          const alarms = await ports.database.acrossOrganisations(({ ingest }) => ingest.alarms());
          const [last] = alarms;
          return last === undefined
            ? fine('none')
            : problem(
                `${alarms.length}, the last: ${last.kind} in ${last.instance}/${last.segment} at ${last.offset}: ${last.detail}`,
              );
        }),
        await look('message bytes', () => missingBytes(ports, ports.store)),
        ...(await spoolFindings(ports, { configuration, verify })),
      ];
    } finally {
      await close();
    }
  } catch (error) {
    return [
      {
        check: 'database',
        ok: false,
        detail: error instanceof Error ? error.message : String(error),
      },
    ];
  }
}

/** Every open delivery must have its bytes: a row without them can never be relayed. */
async function missingBytes(ports: Ports, store: MessageStore): Promise<Result> {
  const organisations = await ports.database.acrossOrganisations((system) =>
    system.organisations(),
  );
  let seen = 0;
  let missing = 0;
  for (const organisation of organisations) {
    const references = await ports.database.withinOrganisation(organisation.id, ({ mailFlow }) =>
      mailFlow.openReferences(),
    );
    for (const reference of references) {
      seen += 1;
      try {
        await store.open(reference);
      } catch (error) {
        if (!(error instanceof MessageGoneError)) throw error;
        missing += 1;
      }
    }
  }
  return missing === 0
    ? fine(`all ${seen} waiting messages are on disk`)
    : problem(`${missing} of ${seen} waiting messages have no bytes on this disk`);
}
