import { waitFor } from '@holdfast/e2e/wait-for';
import { startDirectoryOnTrial } from '@holdfast/rig/directory-on-trial';
import type { Proof, ProofForm } from './proof.ts';

const USERS: Readonly<Record<ProofForm, number>> = { short: 4800, long: 48_000 };
/** The supervisor kills after 35 seconds. Unit: milliseconds. */
const MOST = 25_000;

export const proof: Proof = {
  name: 'worker-stops',
  says: 'a worker that is told to stop in the midst of reading the directory is gone within its time, and the next one reads it whole',
  needs: [],
  shortLimit: 150_000,
  async run(form) {
    await using trial = await startDirectoryOnTrial(USERS[form]);
    const syncing = trial.sync();
    // Heard of in time, whatever becomes of the rest.
    syncing.catch(() => undefined);
    await waitFor('the reading to be under way', async () => (await trial.seen()) > 0);
    const took = await trial.restart();
    if (took > MOST) throw new Error(`The worker took ${Math.round(took)} ms to end.`);
    const outcome = await syncing;
    if (outcome.state !== 'done') throw new Error(`${outcome.state}: ${outcome.detail ?? ''}`);
    if (outcome.added < USERS[form]) throw new Error(`Only ${outcome.added} objects are here.`);
    return [
      `gone after ${Math.round(took)} ms with SIGTERM in the midst of a reading`,
      `the next one read ${outcome.seen} objects and added ${outcome.added}`,
    ];
  },
};
