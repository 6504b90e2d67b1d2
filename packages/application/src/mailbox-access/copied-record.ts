import { firstIdAt, type MailFolder } from '@holdfast/domain';
import type { Identifiers } from '../ports/identifiers.ts';
import type { TenantMessage } from '../ports/office365/mailbox-reading.ts';
import type { SpoolRecordHead } from '../ports/spool.ts';

/**
 * The record of a copy. Its id follows from the message, so that a copy that is made again is the same one; it has no
 * recipients, and nothing is ever delivered.
 */
export function copiedRecord(
  identifiers: Identifiers,
  owner: { readonly organisationId: string; readonly userId: string },
  message: TenantMessage,
  place: { readonly folder: MailFolder; readonly ownFolder: string | null },
): SpoolRecordHead {
  const { organisationId, userId } = owner;
  const { receivedAt, externalId, isRead, isFlagged } = message;
  return {
    id: identifiers.derived(firstIdAt(receivedAt), `${organisationId} ${userId} ${externalId}`),
    acceptedAt: receivedAt,
    origin: 'mailbox',
    class: 'copy',
    organisationId,
    envelope: {
      from: '',
      recipients: [],
      bodyType: '8BITMIME',
      smtpUtf8: false,
      client: { ip: '', helo: '', tls: null },
      authentication: null,
      senderAuthenticated: false,
    },
    traceHeaders: '',
    snapshotVersion: 0,
    notBefore: null,
    submission: null,
    copied: { userId, ...place, isRead, isFlagged },
  };
}
