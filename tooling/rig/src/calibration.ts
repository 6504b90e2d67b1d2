import { createHash } from 'node:crypto';
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type postgres from 'postgres';

/** How long each figure is taken. Unit: milliseconds. */
const SPAN = 1000;
const BLOCK = 4096;

/** What this machine does just now, printed beside figures that are absolute. */
export interface Calibration {
  /** 4 KiB appended and fdatasynced, one after the other, by one thread. Unit: per second. */
  readonly syncsPerSecond: number;
  /** SHA-256 over 4 KiB by one thread. Unit: per second. */
  readonly hashesPerSecond: number;
}

export function calibrate(): Calibration {
  return { syncsPerSecond: syncRate(), hashesPerSecond: hashRate() };
}

/** Rows of 4 KiB, one commit each over one connection. Unit: per second. */
export async function commitRate(sql: postgres.Sql): Promise<number> {
  const text = 'x'.repeat(BLOCK);
  await sql`create table rig_calibration (text text)`;
  const startedAt = performance.now();
  let done = 0;
  while (performance.now() - startedAt < SPAN) {
    await sql`insert into rig_calibration values (${text})`;
    done += 1;
  }
  const rate = Math.round((done * 1000) / (performance.now() - startedAt));
  await sql`drop table rig_calibration`;
  return rate;
}

function syncRate(): number {
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-rig-'));
  const file = openSync(join(directory, 'file'), 'w');
  const block = Buffer.alloc(BLOCK, 'x');
  try {
    return rateOf(() => {
      writeSync(file, block);
      fdatasyncSync(file);
    });
  } finally {
    closeSync(file);
    rmSync(directory, { recursive: true });
  }
}

function hashRate(): number {
  const block = Buffer.alloc(BLOCK, 'x');
  return rateOf(() => void createHash('sha256').update(block).digest());
}

function rateOf(work: () => void): number {
  const startedAt = performance.now();
  let done = 0;
  while (performance.now() - startedAt < SPAN) {
    work();
    done += 1;
  }
  return Math.round((done * 1000) / (performance.now() - startedAt));
}
