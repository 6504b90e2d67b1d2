import { CALENDAR_AHEAD, CALENDAR_EVERY } from '@holdfast/domain';
import type { Secrets } from '../ports/secrets.ts';
import { TenantError } from '../ports/office365/tenant-credentials.ts';
import type { Meeting, PersonalContact } from '../ports/office365/mailbox-reading.ts';
import type { CopiedMailbox } from './copy-page.ts';
import type { CopyPorts } from './copy-ports.ts';

/** What is kept of a person beside mail. Null: it may not be read. */
export interface PersonalData {
  readonly meetings: readonly Meeting[] | null;
  readonly contacts: readonly PersonalContact[] | null;
}

interface Owner {
  readonly organisationId: string;
  readonly userId: string;
}

/** Authenticated with the text, so that it opens for this person only. */
function contextOf({ organisationId, userId }: Owner): string {
  return `personal:${organisationId}:${userId}`;
}

/** Sealed by us, so that its shape is ours. */
export function openPersonalData(
  secrets: Pick<Secrets, 'open'>,
  owner: Owner,
  sealed: string,
): PersonalData {
  return JSON.parse(secrets.open(sealed, contextOf(owner))) as PersonalData;
}

/** Meetings of the days to come and the person's own contacts: read anew once a day, and kept sealed. */
export async function refreshPersonalData(ports: CopyPorts, mailbox: CopiedMailbox): Promise<void> {
  const { organisationId, userId, externalId, credentials } = mailbox;
  const now = ports.clock.now();
  const known = await ports.database.withinOrganisation(organisationId, ({ copies }) =>
    copies.calendar(userId),
  );
  if (known !== null && now - known.asOf < CALENDAR_EVERY) return;
  const { mailboxReading: reading } = ports;
  try {
    const data: PersonalData = {
      meetings: await unlessForbidden(() =>
        reading.meetings(credentials, externalId, now, now + CALENDAR_AHEAD),
      ),
      contacts: await unlessForbidden(() => reading.contacts(credentials, externalId)),
    };
    const sealed = ports.secrets.seal(JSON.stringify(data), contextOf(mailbox));
    await ports.database.withinOrganisation(organisationId, ({ copies }) =>
      copies.saveCalendar(userId, sealed, now),
    );
  } catch (error) {
    if (!(error instanceof TenantError)) throw error;
    ports.log.info('meetings and contacts were not read', { userId, detail: error.failure.detail });
  }
}

/** A permission of its own each: one that is not given does not take away the other. */
async function unlessForbidden<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof TenantError && error.failure.code === 'forbidden') return null;
    throw error;
  }
}
