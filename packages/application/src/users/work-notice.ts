import { domainOf, writtenLanguage, type HelpdeskContact } from '@holdfast/domain';
import type { Ports } from '../ports.ts';
import type { EmailText } from '../ports/notice-templates.ts';
import type { SpoolRecordHead } from '../ports/spool.ts';
import type { DirectoryRecord } from '../records/people.ts';

/**
 * Puts a notice to a user's work address into our own spool: from there it goes the way of all mail, so that it also
 * waits, and shows in the emergency mailbox, while Office 365 is down. Resolves when it is durable. `key` makes the
 * Message-ID, the same on a repeat.
 */
export async function sendWorkNotice(
  ports: Ports,
  input: {
    readonly organisation: {
      readonly id: string;
      readonly name: string;
      readonly helpdesk: HelpdeskContact | null;
    };
    readonly user: DirectoryRecord;
    readonly key: string;
    readonly email: EmailText;
  },
): Promise<void> {
  const { organisation, user } = input;
  const email = ports
    .templates(writtenLanguage(user))
    .withHelpdesk(input.email, organisation.helpdesk);
  const from = ports.settings.noticeFrom;
  const acceptedAt = ports.clock.now();
  const body = await ports.format.compose({
    messageId: `<${input.key.replaceAll(/[^\w.-]/g, '.')}@${domainOf(from)}>`,
    date: acceptedAt,
    from: { name: organisation.name, address: from },
    to: [{ name: user.displayName, address: user.primaryAddress }],
    cc: [],
    subject: email.subject,
    text: email.text,
    html: email.html,
    inReplyTo: null,
    references: [],
    attachments: [],
    // RFC 3834 §5: keeps out-of-office replies from answering.
    headers: { 'Auto-Submitted': 'auto-generated' },
  });
  await ports.spool.append(headOf(ports, organisation.id, user, acceptedAt), body);
}

function headOf(
  ports: Ports,
  organisationId: string,
  user: DirectoryRecord,
  acceptedAt: number,
): SpoolRecordHead {
  return {
    id: ports.identifiers.uuid(),
    acceptedAt,
    origin: 'notice',
    class: 'copy',
    organisationId,
    envelope: {
      from: ports.settings.noticeFrom,
      recipients: [
        {
          address: user.primaryAddress,
          organisationId,
          kind: user.kind,
          protected: user.protected,
          verdict: 'deliver',
          reason: 'own-notice',
        },
      ],
      bodyType: '8BITMIME',
      smtpUtf8: false,
      client: { ip: '127.0.0.1', helo: ports.settings.ourHosts[0] ?? 'localhost', tls: null },
      authentication: null,
      // Nobody reads the sender's mailbox: no non-delivery report.
      senderAuthenticated: false,
    },
    traceHeaders: '',
    snapshotVersion: 0,
    notBefore: null,
    submission: null,
  };
}
