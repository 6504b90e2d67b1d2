import { sql } from '../drizzle.ts';
import type { JobName, JobRequest, JobSender } from '@holdfast/application';
import { fromDrizzle, PgBoss } from 'pg-boss';
import type postgres from 'postgres';
import type { Transaction } from '../transaction.ts';
import { jobUuid } from './job-id.ts';
import { JOB_SCHEMA } from './job-queues.ts';

/** Hands jobs to pg-boss inside the caller's transaction: rolled back with it, visible with it. */
export interface JobOutbox {
  senderFor(transaction: Transaction): JobSender;
  stop(): Promise<void>;
}

/** `client` must not be one that drizzle has changed. */
export function createJobOutbox(client: postgres.Sql): JobOutbox {
  let started: Promise<PgBoss> | null = null;

  /** Once, and only when the first job is sent; a failure (database away) is tried again with the next. */
  function boss(): Promise<PgBoss> {
    started ??= startBoss(client).catch((error: unknown) => {
      started = null;
      throw error;
    });
    return started;
  }

  return {
    senderFor: (transaction) => ({
      send: async <Name extends JobName>(job: JobRequest<Name>) => {
        const sender = await boss();
        await sender.send(job.name, job.payload, {
          id: jobUuid(job.id),
          db: fromDrizzle(transaction, sql),
          ...(job.startAfter === null ? {} : { startAfter: new Date(job.startAfter) }),
        });
      },
    }),
    stop: async () => {
      const running = await started?.catch(() => null);
      await running?.stop({ graceful: false });
    },
  };
}

async function startBoss(client: postgres.Sql): Promise<PgBoss> {
  const boss = new PgBoss({
    db: {
      executeSql: async (text, values) => ({
        rows: await client.unsafe(text, (values ?? []) as postgres.ParameterOrJSON<never>[]),
      }),
    },
    schema: JOB_SCHEMA,
    migrate: false,
    supervise: false,
    schedule: false,
    registerInstance: false,
  });
  boss.on('error', () => undefined);
  await boss.start();
  return boss;
}
