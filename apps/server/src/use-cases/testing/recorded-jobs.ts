import {
  registerJobs,
  type Database,
  type Job,
  type JobName,
  type JobRequest,
  type JobRunner,
  type JobSender,
  type Ports,
} from '@holdfast/application';

export interface RecordedJobs {
  readonly database: Database;
  /** Jobs of committed transactions, in order, each id once. */
  readonly sent: JobRequest[];
  /** Runs everything that was sent so far and not yet run; returns the names. */
  run(ports: Ports): Promise<readonly JobName[]>;
}

/** The database with its job queue taken out: what a transaction sent is kept when it commits, and run by hand. */
export function recordJobs(database: Database): RecordedJobs {
  const sent: JobRequest[] = [];
  const known = new Set<string>();
  const done = new Set<string>();

  async function recording<T>(transaction: (jobs: JobSender) => Promise<T>): Promise<T> {
    const pending: JobRequest[] = [];
    const result = await transaction({
      send: async <Name extends JobName>(job: JobRequest<Name>): Promise<void> => {
        pending.push(job);
      },
    });
    for (const job of pending) {
      if (!known.has(job.id)) sent.push(job);
      known.add(job.id);
    }
    return result;
  }

  return {
    sent,
    database: {
      ...database,
      withinOrganisation: (organisationId, work) =>
        recording((jobs) =>
          database.withinOrganisation(organisationId, (repositories) =>
            work({ ...repositories, jobs, notify: (signal) => repositories.notify(signal) }),
          ),
        ),
      acrossOrganisations: (work) =>
        recording((jobs) =>
          database.acrossOrganisations((repositories) =>
            work({ ...repositories, jobs, notify: (signal) => repositories.notify(signal) }),
          ),
        ),
      listen: (heard) => database.listen(heard),
      ping: () => database.ping(),
    },
    async run(ports) {
      const handlers = await collectHandlers(ports);
      const ran: JobName[] = [];
      const waiting = sent.filter((job) => !done.has(job.id));
      for (const job of waiting) {
        done.add(job.id);
        try {
          await handlers.get(job.name)?.({ id: job.id, payload: job.payload });
        } catch (error) {
          // One that failed is tried again, as the queue does.
          done.delete(job.id);
          throw error;
        }
        ran.push(job.name);
      }
      return ran;
    },
  };
}

type AnyHandler = (job: { readonly id: string; readonly payload: unknown }) => Promise<void>;

async function collectHandlers(ports: Ports): Promise<ReadonlyMap<JobName, AnyHandler>> {
  const handlers = new Map<JobName, AnyHandler>();
  const runner: JobRunner = {
    work: async <Name extends JobName>(
      name: Name,
      handler: (job: Job<Name>) => Promise<void>,
    ): Promise<void> => {
      // The queue pairs names with payloads; the map loses that pairing.
      handlers.set(name, (job) => handler(job as Job<Name>));
    },
    stop: async () => undefined,
  };
  await registerJobs(ports, runner);
  return handlers;
}
