import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import postgres from 'postgres';

import type { DatabaseAddress } from './connection.ts';

/** How often a condition of the server (answering, gone) is looked at, in ms. */
const POLL_INTERVAL = 50;

/** What a running server writes into `postmaster.pid`. */
export interface Postmaster {
  readonly processId: number;
  readonly port: number;
  readonly socketDirectory: string;
}

/** The server that claims this data directory, whether or not it still lives. */
export function readPostmaster(dataDirectory: string): Postmaster | undefined {
  let text: string;
  try {
    text = readFileSync(join(dataDirectory, 'postmaster.pid'), 'utf8');
  } catch {
    return undefined;
  }
  const [processId, , , port, socketDirectory] = text.split('\n');
  if (!(Number(processId) > 0)) return undefined;
  return {
    processId: Number(processId),
    port: Number(port),
    socketDirectory: socketDirectory?.trim() ?? '',
  };
}

/**
 * Whether a process with this number exists and is a PostgreSQL server. The number in a pid file
 * left by a crash may by now belong to anything; where /proc tells, it is asked.
 */
export function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  try {
    // A zombie answers signals but serves nobody; its state is the third field.
    const stat = readFileSync(`/proc/${processId}/stat`, 'utf8');
    return stat.includes('(postgres)') && !/\) Z /.test(stat);
  } catch {
    // Gone since the signal; or there is no /proc here, and the signal's word must do.
    return !existsSync('/proc/self/stat');
  }
}

/** Whether the server takes connections now; never throws. */
export async function answers(address: DatabaseAddress): Promise<boolean> {
  const sql = postgres({ ...address, max: 1, connect_timeout: 5, onnotice: () => undefined });
  try {
    await sql`select 1`;
    return true;
  } catch {
    return false;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** Looks until the condition holds; false when it did not within `timeout` ms. */
export async function waitUntil(
  condition: () => boolean | Promise<boolean>,
  timeout: number,
): Promise<boolean> {
  const deadline = performance.now() + timeout;
  while (performance.now() < deadline) {
    if (await condition()) return true;
    await delay(POLL_INTERVAL);
  }
  return condition();
}
