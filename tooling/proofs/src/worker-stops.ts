import { installedData } from '@holdfast/e2e/prepared-demo';
import { waitFor } from '@holdfast/e2e/wait-for';
import {
  startDirectoryOnTrial,
  type DirectoryOnTrial,
  type SyncOutcome,
} from '@holdfast/rig/directory-on-trial';
import type { Proof, ProofForm } from './proof.ts';

const USERS: Readonly<Record<ProofForm, number>> = { short: 4800, long: 48_000 };
/** The supervisor kills after 35 seconds; what is at work may take 15 of them, and closing 5. Unit: milliseconds. */
const MOST = 25_000;
/** A reading may end between two looks at it. */
const MOST_READINGS = 3;

export const proof: Proof = {
  name: 'worker-stops',
  says: 'a worker that is told to stop in the midst of reading the directory is gone within its time, and the next one reads it whole',
  needs: [],
  prepare: installedData,
  shortLimit: 150_000,
  async run(form) {
    await using trial = await startDirectoryOnTrial(USERS[form]);
    const { syncing, isFirst } = await readingUnderWay(trial);
    const took = await trial.restart();
    if (took > MOST) throw new Error(`The worker took ${Math.round(took)} ms to end.`);
    const outcome = await syncing;
    if (outcome.state !== 'done') throw new Error(`${outcome.state}: ${outcome.detail ?? ''}`);
    if (outcome.seen < USERS[form]) throw new Error(`Only ${outcome.seen} objects were read.`);
    if (isFirst && outcome.added < USERS[form])
      throw new Error(`Only ${outcome.added} objects are here.`);
    return [
      `gone after ${Math.round(took)} ms with SIGTERM in the midst of a reading`,
      `the next one read ${outcome.seen} objects and added ${outcome.added}`,
    ];
  },
};

interface Reading {
  readonly syncing: Promise<SyncOutcome>;
  /** Those after the first read everything anew, and add nothing. */
  readonly isFirst: boolean;
}

async function readingUnderWay(trial: DirectoryOnTrial): Promise<Reading> {
  for (let reading = 1; reading <= MOST_READINGS; reading += 1) {
    const syncing = trial.sync({ full: reading > 1 });
    let ended = false;
    const note = (): void => {
      ended = true;
    };
    // Heard of in time, whatever becomes of the rest.
    syncing.then(note, note);
    const found = await waitFor('the reading to be under way', async () =>
      (await trial.seen()) > 0 ? 'under way' : ended ? 'ended' : null,
    );
    if (found === 'under way') return { syncing, isFirst: reading === 1 };
    await syncing;
  }
  throw new Error(`${MOST_READINGS} readings ended before one was seen to be under way.`);
}
