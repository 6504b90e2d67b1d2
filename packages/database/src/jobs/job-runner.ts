import type { Job, JobName, JobPayloads, JobRunner, Log } from '@holdfast/application';
import { PgBoss, type JobResult } from 'pg-boss';
import { JOB_SCHEMA } from './job-queues.ts';

/** Connections of the runner's own pool. */
const POOL_SIZE = 4;
/** Jobs of one name that are fetched, run and settled together. One at a time a worker pauses after each job: 2 a second. */
const BATCH = 25;
/** Such batches of one name under way at once: while one waits for its slowest job, the other goes on. */
const CONCURRENCY = 2;
/** Seconds between looks when no NOTIFY comes. */
const POLL = 2;
/** Milliseconds that jobs under way get to finish at a stop. */
const STOP_TIMEOUT = 10_000;

/** Runs jobs; a handler that throws is tried again with exponential back-off, ten times at most. */
export async function createJobRunner(options: {
  readonly url: string;
  readonly log: Log;
}): Promise<JobRunner> {
  const { log } = options;
  const boss = new PgBoss({
    connectionString: options.url,
    schema: JOB_SCHEMA,
    application_name: 'holdfast-jobs',
    max: POOL_SIZE,
    migrate: false,
    schedule: false,
    useListenNotify: true,
    registerInstance: false,
  });
  boss.on('error', (error) => log.warn('job queue', { error: error.message }));
  boss.on('warning', ({ message }) => log.warn('job queue', { warning: message }));
  await boss.start();
  return {
    work: async <Name extends JobName>(name: Name, handler: (job: Job<Name>) => Promise<void>) => {
      await boss.work<JobPayloads[Name]>(
        name,
        {
          localConcurrency: CONCURRENCY,
          batchSize: BATCH,
          burstWhenBatchFull: true,
          perJobResults: true,
          pollingIntervalSeconds: POLL,
          notifyPollingIntervalSeconds: POLL,
        },
        (jobs) =>
          Promise.all(
            jobs.map(async ({ id, data }): Promise<JobResult> => {
              try {
                await handler({ id, payload: data });
                return { id, status: 'completed' };
              } catch (error) {
                const failure = String(error);
                log.warn('job failed and will be tried again', { job: name, id, error: failure });
                return { id, status: 'failed', output: { error: failure } };
              }
            }),
          ),
      );
    },
    stop: () => boss.stop({ graceful: true, timeout: STOP_TIMEOUT }),
  };
}
