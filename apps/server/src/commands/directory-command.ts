import { setTimeout as wait } from 'node:timers/promises';
import {
  requestDirectorySync,
  SYNC_RUN_PATIENCE,
  type Actor,
  type Ports,
  type SyncRunRecord,
} from '@holdfast/application';
import type { Command } from 'commander';
import { withOrganisation, type CommandOptions } from './command-context.ts';
import { withOrganisationOption } from './organisation-option.ts';
import { EXIT } from './exit-codes.ts';
import { iso, print } from './output.ts';

/** How often the run is looked at. Unit: milliseconds. */
const LOOK_EVERY = 500;
/** A run that has not begun by then gets a hint on stderr. Unit: milliseconds. */
const HINT_AFTER = 10_000;

interface SyncOptions extends CommandOptions {
  readonly allowRemovals?: boolean;
  readonly full?: boolean;
}

export function addDirectoryCommand(program: Command): void {
  const directory = program.command('directory').description('What the tenant says there is');
  withOrganisationOption(
    directory
      .command('sync')
      .description('Read users, groups and domains of the tenant again, and wait for the result'),
  )
    .option(
      '--allow-removals',
      'remove however many are gone; without it, more than a tidy-up asks',
    )
    .option('--full', 'read everything anew, not only what changed since the last time')
    .action((options: SyncOptions) =>
      withOrganisation(options, async ({ ports, actor }) => {
        const allowRemovals = options.allowRemovals === true;
        const full = options.full === true;
        const { id } = await requestDirectorySync(ports, actor, { allowRemovals, full });
        const run = await finished(ports, actor, id);
        print(options, present(run), () => sentences(run));
        return exitOf(run);
      }),
    );
}

/** The worker runs it: this only looks, until the run is over or has to be taken for dead. */
async function finished(ports: Ports, actor: Actor, runId: string): Promise<SyncRunRecord> {
  const started = Date.now();
  let hinted = false;
  for (;;) {
    const run = await ports.database.withinOrganisation(actor.organisationId, ({ syncRuns }) =>
      syncRuns.get(runId),
    );
    if (run === null) throw new Error(`The run ${runId} is gone.`);
    const open = run.state === 'waiting' || run.state === 'running';
    const waited = Date.now() - started;
    if (!open || waited > SYNC_RUN_PATIENCE) return run;
    if (!hinted && run.state === 'waiting' && waited > HINT_AFTER) {
      process.stderr.write('Still waiting. Is the worker role running?\n');
      hinted = true;
    }
    await wait(LOOK_EVERY);
  }
}

function present(run: SyncRunRecord) {
  const { id, state, startedAt, finishedAt, seen, added, changed, removed, detail } = run;
  const times = {
    startedAt: iso(startedAt),
    finishedAt: finishedAt === null ? null : iso(finishedAt),
  };
  return { id, state, ...times, seen, added, changed, removed, detail };
}

function sentences(run: SyncRunRecord): readonly string[] {
  const { state, seen, added, changed, removed } = run;
  const detail = run.detail === null ? [] : [run.detail];
  switch (state) {
    case 'done':
      return [`${seen} seen: ${added} added, ${changed} changed, ${removed} removed.`, ...detail];
    case 'needs-confirmation':
      return [...detail, 'To go on with it: holdfast directory sync --allow-removals'];
    case 'failed':
      return ['Refreshing failed.', ...detail];
    case 'waiting':
    case 'running':
      return ['It has not finished. See the console, or ask again later.', ...detail];
  }
}

function exitOf({ state }: SyncRunRecord): number {
  switch (state) {
    case 'done':
      return EXIT.ok;
    case 'needs-confirmation':
      return EXIT.differs;
    case 'failed':
      return EXIT.data;
    case 'waiting':
    case 'running':
      return EXIT.temporary;
  }
}
