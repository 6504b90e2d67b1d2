import type { ChannelKind, HelpdeskContact, Language } from '@holdfast/domain';
import type { EmailText } from '../ports/notice-templates.ts';
import type { NoticeOutcome } from '../ports/notifications.ts';
import type { Ports } from '../ports.ts';
import { stopToken } from './stop-messages.ts';

/** One message to a private number or address; an e-mail carries the link that stops them. */
export async function sendToChannel(
  ports: Ports,
  to: {
    readonly organisation: { readonly id: string; readonly helpdesk: HelpdeskContact | null };
    readonly userId: string;
    readonly kind: ChannelKind;
    readonly value: string;
    readonly language: Language;
  },
  words: { readonly sms: string; readonly email: EmailText },
  reference: string,
): Promise<NoticeOutcome> {
  if (to.kind === 'sms') return ports.sms.send({ to: to.value, text: words.sms, reference });
  const templates = ports.templates(to.language);
  const email = templates.withStopLink(
    templates.withHelpdesk(words.email, to.organisation.helpdesk),
    `${ports.settings.portalUrl}/stop/${stopToken(ports, { ...to, organisationId: to.organisation.id })}`,
  );
  return ports.alternateEmail.send({ to: to.value, ...email, reference });
}
