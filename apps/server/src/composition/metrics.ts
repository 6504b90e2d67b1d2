import { Counter, Gauge, Registry, collectDefaultMetrics } from 'prom-client';

/** One registry per process; the supervisor asks each child for it and serves the sum. */
export const registry = new Registry();

export const received = new Counter({
  name: 'holdfast_smtp_replies_total',
  help: 'Replies to recipients and to end of data, by stage and code',
  labelNames: ['stage', 'code'],
  registers: [registry],
});

export const refused = new Counter({
  name: 'holdfast_smtp_refusals_total',
  help: 'Sessions and messages that reception refused by itself, by reason',
  labelNames: ['reason'],
  registers: [registry],
});

export const ingested = new Counter({
  name: 'holdfast_ingested_records_total',
  help: 'Spool records turned into rows',
  registers: [registry],
});

export const attempted = new Counter({
  name: 'holdfast_delivery_attempts_total',
  help: 'Deliveries that were tried',
  registers: [registry],
});

export const snapshotVersion = new Gauge({
  name: 'holdfast_snapshot_version',
  help: 'Version of the recipient snapshot that mx works from',
  registers: [registry],
});

/** CPU, memory, event loop and file descriptors of this process. */
export function collectProcessMetrics(): void {
  collectDefaultMetrics({ register: registry });
}
