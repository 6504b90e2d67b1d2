import type { Database, Job, JobRequest, JobRunner } from '@holdfast/application';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connect } from '../connect.ts';
import { openTestDatabase, SILENT, type OpenTestDatabase } from '../testing/open-test-database.ts';
import { AT, makeOrganisation } from '../testing/records.ts';
import { jobUuid } from './job-id.ts';
import { createJobRunner } from './job-runner.ts';

let opened: OpenTestDatabase;
let database: Database;
let contoso: string;
let runner: JobRunner | null;

beforeEach(async () => {
  runner = null;
  opened = await openTestDatabase();
  database = opened.database;
  contoso = await makeOrganisation(database, 'contoso');
});

afterEach(async () => {
  await runner?.stop();
  await opened.close();
});

const sync = (runId: string, startAfter: number | null = null): JobRequest<'directory.sync'> => ({
  name: 'directory.sync',
  payload: { organisationId: contoso, runId },
  id: `directory.sync:${runId}`,
  startAfter,
});

async function stored(): Promise<readonly { id: string; state: string; start_after: Date }[]> {
  const sql = connect(opened.url, 1);
  const rows = await sql<{ id: string; state: string; start_after: Date }[]>`
    select id, state::text, start_after from pgboss.job where name = 'directory.sync'`;
  await sql.end();
  return [...rows];
}

describe('sending', () => {
  it('is undone with the transaction that decided it', async () => {
    const failing = database.withinOrganisation(contoso, async ({ jobs }) => {
      await jobs.send(sync('run-1'));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');

    expect(await stored()).toEqual([]);
  });

  it('sends one job for one id, however often and from whichever role', async () => {
    const later = AT + 3_600_000_000;
    for (let turn = 0; turn < 2; turn += 1) {
      await database.withinOrganisation(contoso, ({ jobs }) => jobs.send(sync('run-1', later)));
      await database.acrossOrganisations(({ jobs }) => jobs.send(sync('run-1', later)));
    }

    expect(await stored()).toEqual([
      { id: jobUuid('directory.sync:run-1'), state: 'created', start_after: new Date(later) },
    ]);
  });
});

describe('running', () => {
  it('hands over the payload, and tries again what failed', async () => {
    const seen: Job<'directory.sync'>[] = [];
    runner = await createJobRunner({ url: opened.url, log: SILENT });
    await runner.work('directory.sync', async (job) => {
      seen.push(job);
      throw new Error('Office 365 is away');
    });

    await database.withinOrganisation(contoso, ({ jobs }) => jobs.send(sync('run-1')));

    await vi.waitFor(async () => expect((await stored())[0]?.state).toBe('retry'), 10_000);
    expect(seen[0]?.payload).toEqual({ organisationId: contoso, runId: 'run-1' });
  });

  it('starts at once on NOTIFY, and completes what succeeded', async () => {
    runner = await createJobRunner({ url: opened.url, log: SILENT });
    await runner.work('directory.sync', async () => undefined);

    await database.withinOrganisation(contoso, ({ jobs }) => jobs.send(sync('run-2')));

    await vi.waitFor(async () => expect((await stored())[0]?.state).toBe('completed'), 10_000);
  });
});

describe('a job id', () => {
  it('is the same version 5 uuid for the same text', () => {
    expect(jobUuid('event.end-notices:1')).toBe(jobUuid('event.end-notices:1'));
    expect(jobUuid('a')).not.toBe(jobUuid('b'));
    expect(jobUuid('a')).toMatch(
      /^[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
    );
  });
});
