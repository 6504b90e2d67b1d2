import { CALENDAR_AHEAD, CALENDAR_EVERY } from '@holdfast/domain';
import { TenantError } from '../ports/office365/tenant-credentials.ts';
import type { CopiedMailbox } from './copy-page.ts';
import type { CopyPorts } from './copy-ports.ts';

/** Authenticated with the text, so that it opens for this person only. */
export function calendarSealContext(organisationId: string, userId: string): string {
  return `calendar:${organisationId}:${userId}`;
}

/** The meetings of the days to come, read anew once a day and kept sealed. A calendar that may not be read is left out. */
export async function refreshCalendar(ports: CopyPorts, mailbox: CopiedMailbox): Promise<void> {
  const { organisationId, userId, externalId, credentials } = mailbox;
  const now = ports.clock.now();
  const known = await ports.database.withinOrganisation(organisationId, ({ copies }) =>
    copies.calendar(userId),
  );
  if (known !== null && now - known.asOf < CALENDAR_EVERY) return;
  try {
    const meetings = await ports.mailboxReading.meetings(
      credentials,
      externalId,
      now,
      now + CALENDAR_AHEAD,
    );
    const context = calendarSealContext(organisationId, userId);
    const sealed = ports.secrets.seal(JSON.stringify(meetings), context);
    await ports.database.withinOrganisation(organisationId, ({ copies }) =>
      copies.saveCalendar(userId, sealed, now),
    );
  } catch (error) {
    if (!(error instanceof TenantError)) throw error;
    ports.log.info('a calendar was not read', { userId, detail: error.failure.detail });
  }
}
