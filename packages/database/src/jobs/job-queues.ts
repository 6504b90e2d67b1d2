import type { JobName } from '@holdfast/application';

/** A record rather than a list, so that a job without its queue does not compile. */
const QUEUES: Readonly<Record<JobName, true>> = {
  'account.tell-change': true,
  'account.tell-dispute': true,
  'administrator.invite': true,
  'administrators.changed': true,
  'cut-over.send-canary': true,
  'connection.preflight': true,
  'cut-over.tell-refused': true,
  'directory.sync': true,
  'domain.alert': true,
  'domain.check': true,
  'installation.copy-lists': true,
  'lists.copy-users': true,
  'installation.exchange': true,
  'uninstall.run': true,
  'user.welcome': true,
  'user.request-info': true,
  'channel.send-code': true,
  'portal.way-in': true,
  'channel.send-proof': true,
  'drill.start-notices': true,
  'drill.end-notices': true,
  'drill.notice': true,
  'drill.clear-mail': true,
  'event.carry-back': true,
  'event.start-notices': true,
  'event.notice': true,
  'event.undo-notices': true,
  'event.end-notices': true,
  'event.put-back': true,
  'event.put-back-item': true,
  'queue.action': true,
};

export const QUEUE_NAMES: readonly string[] = Object.keys(QUEUES);

export const JOB_SCHEMA = 'pgboss';

export const QUEUE_OPTIONS = {
  retryLimit: 10,
  /** Seconds; doubled with each retry, so that ten of them span about three hours. */
  retryDelay: 10,
  retryBackoff: true,
  retryDelayMax: 3600,
  /** Seconds a worker may take before the job is given to another. */
  expireInSeconds: 900,
  /** Seconds a finished job is kept: so long the same id is not sent again. */
  deleteAfterSeconds: 30 * 24 * 3600,
  notify: true,
} as const;
