import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const runningFacts = z.object({
  pid: z.int(),
  /** Settings of the running product without secrets, so that commands work with the same ones. */
  environment: z.record(z.string(), z.string()),
  demo: z.boolean(),
});
export type RunningFacts = z.infer<typeof runningFacts>;

/** Facts of the supervisor on this data directory; null when none runs. A file of a dead one is ignored. */
export function readRunning(file: string): RunningFacts | null {
  try {
    const facts = runningFacts.parse(JSON.parse(readFileSync(file, 'utf8')));
    return isAlive(facts.pid) ? facts : null;
  } catch {
    return null;
  }
}

export function writeRunning(file: string, facts: RunningFacts): void {
  writeFileSync(`${file}.tmp`, `${JSON.stringify(facts)}\n`, { mode: 0o600 });
  renameSync(`${file}.tmp`, file);
}

export function removeRunning(file: string): void {
  rmSync(file, { force: true });
}

/** Whether a process with this id runs, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
