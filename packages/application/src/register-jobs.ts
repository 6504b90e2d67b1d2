import { tellChange } from './account-changes/tell-change.ts';
import { tellDispute } from './account-changes/tell-dispute.ts';
import { checkDomainJob } from './domains/check-due-domains.ts';
import { copyLists } from './installation/copy-lists.ts';
import { copyUserLists } from './installation/copy-user-lists.ts';
import { carryBack } from './events/carry-back.ts';
import { establishExchange } from './installation/establish-exchange.ts';
import { fanOutNotices, sendEventNotice } from './events/send-notices.ts';
import { fanOutPutBack, putBackSentItem } from './events/put-back-sent-mail.ts';
import { tellRefused } from './cut-over/tell-refused.ts';
import { sendCanary } from './cut-over/send-canary.ts';
import { sendCode } from './alternate-info/queue-code.ts';
import { runDirectorySync } from './directory-sync/run-directory-sync.ts';
import { runPreflight } from './organisations/run-preflight.ts';
import { runQueueAction } from './queue/run-queue-action.ts';
import { sendDomainAlert } from './domains/send-domain-alert.ts';
import { sendInfoRequest } from './users/send-info-request.ts';
import { runUninstall } from './uninstallation/run-uninstall.ts';
import { sendWelcome } from './users/send-welcome.ts';
import type { JobRunner } from './jobs.ts';
import type { Ports } from './ports.ts';

/** Every job and its handler: what the worker role runs. */
export async function registerJobs(ports: Ports, runner: JobRunner): Promise<void> {
  await runner.work('account.tell-change', (job) => tellChange(ports, job));
  await runner.work('account.tell-dispute', (job) => tellDispute(ports, job));
  await runner.work('cut-over.tell-refused', (job) => tellRefused(ports, job));
  await runner.work('cut-over.send-canary', (job) => sendCanary(ports, job));
  await runner.work('connection.preflight', (job) => runPreflight(ports, job));
  await runner.work('directory.sync', (job) => runDirectorySync(ports, job));
  await runner.work('domain.alert', (job) => sendDomainAlert(ports, job));
  await runner.work('domain.check', (job) => checkDomainJob(ports, job));
  await runner.work('installation.copy-lists', (job) => copyLists(ports, job));
  await runner.work('lists.copy-users', (job) => copyUserLists(ports, job));
  await runner.work('installation.exchange', (job) => establishExchange(ports, job));
  await runner.work('uninstall.run', (job) => runUninstall(ports, job));
  await runner.work('user.welcome', (job) => sendWelcome(ports, job));
  await runner.work('user.request-info', (job) => sendInfoRequest(ports, job));
  await runner.work('channel.send-code', (job) => sendCode(ports, job));
  await runner.work('event.start-notices', (job) => fanOutNotices(ports, 'start', job));
  await runner.work('event.undo-notices', (job) => fanOutNotices(ports, 'undo', job));
  await runner.work('event.end-notices', (job) => fanOutNotices(ports, 'end', job));
  await runner.work('event.notice', (job) => sendEventNotice(ports, job));
  await runner.work('event.carry-back', (job) => carryBack(ports, job));
  await runner.work('event.put-back', (job) => fanOutPutBack(ports, job));
  await runner.work('event.put-back-item', (job) => putBackSentItem(ports, job));
  await runner.work('queue.action', (job) => runQueueAction(ports, job));
}
