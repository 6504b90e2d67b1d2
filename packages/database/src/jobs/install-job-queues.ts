import { PgBoss } from 'pg-boss';
import type postgres from 'postgres';
import { JOB_SCHEMA, QUEUE_NAMES, QUEUE_OPTIONS } from './job-queues.ts';

/** pg-boss's own tables and one queue per job name; called under the migration lock. */
export async function installJobQueues(url: string, sql: postgres.Sql): Promise<void> {
  const boss = new PgBoss({
    connectionString: url,
    schema: JOB_SCHEMA,
    max: 2,
    supervise: false,
    schedule: false,
    registerInstance: false,
  });
  // Without a listener a lost connection would end the process; the awaited calls report it.
  boss.on('error', () => undefined);
  try {
    await boss.start();
    const present = new Set((await boss.getQueues()).map(({ name }) => name));
    for (const name of QUEUE_NAMES) {
      if (present.has(name)) await boss.updateQueue(name, withoutFixed());
      else await boss.createQueue(name, QUEUE_OPTIONS);
    }
  } finally {
    await boss.stop({ graceful: false });
  }
  await grantSending(sql);
}

/** pg-boss refuses to change this one later. */
function withoutFixed(): Omit<typeof QUEUE_OPTIONS, 'retryDelayMax'> {
  const { retryDelayMax: _fixed, ...options } = QUEUE_OPTIONS;
  return options;
}

/** Senders may add jobs and learn their ids; what other organisations sent stays unreadable (invariant 8). */
async function grantSending(sql: postgres.Sql): Promise<void> {
  await sql.unsafe(`
    grant usage on schema ${JOB_SCHEMA} to holdfast_app, holdfast_system;
    grant select on ${JOB_SCHEMA}.queue to holdfast_app, holdfast_system;
    grant insert, select (id, start_after) on ${JOB_SCHEMA}.job, ${JOB_SCHEMA}.job_common to holdfast_app, holdfast_system;
  `);
}
