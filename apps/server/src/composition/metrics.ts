import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

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

export const connections = new Gauge({
  name: 'holdfast_smtp_connections',
  help: 'SMTP connections that are open',
  registers: [registry],
});

export const filtered = new Counter({
  name: 'holdfast_content_findings_total',
  help: 'What content filters said of messages: their advice, or failed',
  labelNames: ['filter', 'advice'],
  registers: [registry],
});

export const outage = new Gauge({
  name: 'holdfast_mx_outage',
  help: '1 while mx does without: resolvers, spam filter, virus scanner',
  labelNames: ['of'],
  registers: [registry],
});

export const signIns = new Counter({
  name: 'holdfast_portal_sign_ins_total',
  help: 'Tries to get in to the portal, and messages with a way in that were asked for, by way and outcome',
  labelNames: ['way', 'outcome'],
  registers: [registry],
});

export const streams = new Gauge({
  name: 'holdfast_portal_streams',
  help: 'Pages of the portal that are told of new mail by a stream of hints, open now',
  registers: [registry],
});

export const ingested = new Counter({
  name: 'holdfast_ingested_records_total',
  help: 'Spool records turned into rows',
  registers: [registry],
});

export const ingestLag = new Gauge({
  name: 'holdfast_ingest_lag_seconds',
  help: 'Age of the newest record of the last batch when its rows were written; 0 when nothing waits',
  registers: [registry],
});

export const ingestWaiting = new Gauge({
  name: 'holdfast_ingest_waiting_bytes',
  help: 'Bytes of the spool that have no rows yet, as of the last turn',
  registers: [registry],
});

export const ingestBatch = new Histogram({
  name: 'holdfast_ingest_batch_records',
  help: 'Records of the largest batch of a turn',
  buckets: [1, 5, 25, 100, 250, 500],
  registers: [registry],
});

export const ingestTurn = new Histogram({
  name: 'holdfast_ingest_turn_seconds',
  help: 'Time of a turn that had records',
  buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  registers: [registry],
});

export const searchLag = new Gauge({
  name: 'holdfast_search_lag_seconds',
  help: 'Age of what was taken into the search index last while more waits; 0 when it has everything',
  registers: [registry],
});

export const searchIndexed = new Counter({
  name: 'holdfast_search_indexed_records_total',
  help: 'Spool records taken into the search index',
  registers: [registry],
});

export const copiedMessages = new Counter({
  name: 'holdfast_mailbox_copied_messages_total',
  help: 'Messages copied out of mailboxes of Office 365',
  registers: [registry],
});

export const mailboxCopyLag = new Gauge({
  name: 'holdfast_mailbox_copy_lag_seconds',
  help: 'Age of the last whole look at the mailbox that is the furthest behind, of those that are all here',
  registers: [registry],
});

export const mailboxCopyState = new Gauge({
  name: 'holdfast_mailbox_copies',
  help: 'Protected mailboxes by how their copy stands: current, copying, forbidden, failed',
  labelNames: ['state'],
  registers: [registry],
});

export const attempted = new Counter({
  name: 'holdfast_delivery_attempts_total',
  help: 'Deliveries that were tried',
  registers: [registry],
});

export const infoReminders = new Counter({
  name: 'holdfast_info_reminders_total',
  help: 'Users who were reminded of alternate info, or asked to confirm it again',
  labelNames: ['what'],
  registers: [registry],
});

export const pushed = new Counter({
  name: 'holdfast_push_messages_total',
  help: 'Messages to devices by reason (mail, state) and outcome: taken, gone (the device is forgotten), later',
  labelNames: ['reason', 'outcome'],
  registers: [registry],
});

export const retired = new Counter({
  name: 'holdfast_retention_removed_total',
  help: 'What retention removed: segments, days of rows, bodies that no record names',
  labelNames: ['what'],
  registers: [registry],
});

export const keptRecords = new Counter({
  name: 'holdfast_retention_kept_records_total',
  help: 'Messages that were still needed when their segment went, and were copied',
  registers: [registry],
});

export const oldestWaiting = new Gauge({
  name: 'holdfast_oldest_waiting_seconds',
  help: 'Age of the day of acceptance of the oldest delivery that waits for the relay',
  registers: [registry],
});

export const snapshotVersion = new Gauge({
  name: 'holdfast_snapshot_version',
  help: 'Version of the recipient snapshot that mx works from',
  registers: [registry],
});

export const probed = new Counter({
  name: 'holdfast_probes_total',
  help: 'Probes of Office 365, by kind and what they found: good, bad, ours (our own fault), nothing',
  labelNames: ['probe', 'verdict'],
  registers: [registry],
});

export const probeSeconds = new Histogram({
  name: 'holdfast_probe_seconds',
  help: 'How long Office 365 took to answer probes that it answered',
  labelNames: ['probe'],
  buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20],
  registers: [registry],
});

/** CPU, memory, event loop and file descriptors of this process. */
export function collectProcessMetrics(): void {
  collectDefaultMetrics({ register: registry });
}

export const lockedOut = new Gauge({
  name: 'holdfast_locked_out_domains',
  help: 'Domains whose mail Office 365 refuses: the lock-down is on, and MX leads past us',
  labelNames: ['organisation'],
  registers: [registry],
});

export const openDomainAlerts = new Gauge({
  name: 'holdfast_open_domain_alerts',
  help: 'What has changed in DNS of a domain and is not mended, by level: problem, attention',
  labelNames: ['organisation', 'level'],
  registers: [registry],
});

export const exchangeSide = new Gauge({
  name: 'holdfast_exchange_side',
  help: '1 for how the Office 365 side stood when it was looked at last: yes, no, attested, unknown',
  labelNames: ['organisation', 'established'],
  registers: [registry],
});
