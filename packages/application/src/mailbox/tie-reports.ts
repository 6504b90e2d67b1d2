import { mayBeReport, settleReport } from '@holdfast/domain';
import type { Log } from '../ports/log.ts';
import type { MessageFormat } from '../ports/message-parser.ts';
import { DatabaseUnavailableError, type Database } from '../ports/database.ts';
import type { SpooledRecord } from '../ports/spool.ts';

/** Bytes; a report is small, and what it gives back stands at its end. */
const READ_LIMIT = 4 * 1024 * 1024;

export interface ReportPorts {
  readonly database: Database;
  readonly format: Pick<MessageFormat, 'report'>;
  readonly log: Log;
}

/**
 * Delivery reports among these records are tied to the messages that they are about. Each in a transaction of its own: a
 * report that stays an ordinary message is better than an index that stands still.
 */
export async function tieReports(
  ports: ReportPorts,
  records: readonly SpooledRecord[],
): Promise<void> {
  for (const record of records) {
    if (!isCandidate(record)) continue;
    try {
      await tieReport(ports, record);
    } catch (error) {
      if (error instanceof DatabaseUnavailableError) throw error;
      ports.log.warn('a delivery report could not be read', {
        id: record.id,
        error: String(error),
      });
    }
  }
}

/** Copies of mailboxes have no envelope, and what they say was about what left from Office 365. */
function isCandidate({ origin, envelope, size, erased }: SpooledRecord): boolean {
  const came = origin === 'inbound' || origin === 'bounce';
  return came && !erased && size <= READ_LIMIT && mayBeReport(envelope.from);
}

async function tieReport(ports: ReportPorts, record: SpooledRecord): Promise<void> {
  const report = await ports.format.report(await record.body(READ_LIMIT), record.traceHeaders);
  if (report === null) return;
  const addressees = new Map<string, string[]>();
  for (const { address, organisationId } of record.envelope.recipients) {
    if (organisationId === null) continue;
    const known = addressees.get(organisationId) ?? [];
    addressees.set(organisationId, [...known, address.toLowerCase()]);
  }
  for (const [organisationId, addresses] of addressees) {
    await ports.database.acrossOrganisations(async ({ reports }) => {
      const { messageIds, envelopeId } = report;
      const sent = await reports.sent({ organisationId, addresses, messageIds, envelopeId });
      await reports.save({
        organisationId,
        id: record.id,
        acceptedAt: record.acceptedAt,
        report: settleReport(report, sent),
      });
    });
  }
}
