import { TenantError, tenantFailureWords, type TenantCredentials } from '@holdfast/application';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TenantAdapterOptions } from '../src/http/options.ts';
import {
  startSimulatedTenant,
  type AwkwardRule,
  type SimulatedTenant,
} from './simulated-tenant.ts';

/** What Microsoft does, and what the adapter makes of it. */
export interface ErrorRow {
  /** Where the reference has it, and in a few words what it is. */
  readonly row: string;
  readonly rules: readonly AwkwardRule[];
  readonly act: (options: TenantAdapterOptions, credentials: TenantCredentials) => Promise<unknown>;
  /** The code of the failure; `fine` when it is got over. */
  readonly outcome: TenantError['failure']['code'] | 'fine';
  /** Pauses that were asked for, in milliseconds, give or take a second. */
  readonly pauses?: readonly number[];
  /** How often what matters was asked, by a part of its address. */
  readonly asked?: readonly [part: string, times: number];
  /** What an administrator reads. */
  readonly words?: RegExp;
  /** For the caller who plans, in milliseconds. */
  readonly retryAfter?: number;
}

/** A date has whole seconds only. */
const A_SECOND = 1000;

/** One test for each row, through the real adapter, against the simulator. */
export function errorTable(rows: readonly ErrorRow[]): void {
  let tenant: SimulatedTenant;
  beforeAll(async () => {
    tenant = await startSimulatedTenant();
  });
  afterAll(async () => {
    const faults = await tenant.faults();
    await tenant[Symbol.asyncDispose]();
    expect(faults).toEqual([]);
  });

  it.each(rows)('$row', async (row) => {
    await tenant.awkward(...row.rules);
    const { credentials } = tenant;
    const error = await row.act(tenant.options, credentials).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    const failure = error instanceof TenantError ? error.failure : null;
    expect(failure?.code ?? (error === null ? 'fine' : error)).toBe(row.outcome);
    const pauses = row.pauses ?? [];
    const off = tenant.pauses.map((pause, at) => Math.abs(pause - (pauses[at] ?? 0)));
    expect({ pauses: tenant.pauses, near: off.every((by) => by <= A_SECOND) }).toEqual({
      pauses: pauses.map(() => expect.any(Number)),
      near: true,
    });
    const [part, times] = row.asked ?? ['', tenant.asked.length];
    expect(tenant.asked.filter((one) => one.includes(part))).toHaveLength(times);
    expect(error instanceof TenantError ? tenantFailureWords(error) : '').toMatch(row.words ?? /^/);
    expect(failure?.retryAfter ?? null).toBe(row.retryAfter ?? null);
    // Nothing that is said may be more than one line, or hold what opens a door.
    const secret = credentials.proof.kind === 'secret' ? credentials.proof.secret : '';
    expect(failure?.detail ?? '').not.toContain(secret);
    expect(failure?.detail ?? '').not.toMatch(/[\r\n\0]|Trace ID|Bearer/);
  });
}
