import {
  CODE_VALID_FOR,
  maskAddress,
  maskPhone,
  MINUTE,
  type ChannelKind,
  type HelpdeskContact,
  type Language,
} from '@holdfast/domain';
import type { EmailText } from '../ports/notice-templates.ts';
import type { NoticeOutcome } from '../ports/notifications.ts';
import type { SpokenMessage } from '../ports/voice.ts';
import type { Ports } from '../ports.ts';
import { phoneMessage } from './phone-message.ts';
import { stopToken } from './stop-messages.ts';

interface Recipient {
  readonly organisation: {
    readonly id: string;
    readonly name: string;
    readonly helpdesk: HelpdeskContact | null;
  };
  readonly userId: string;
  readonly kind: ChannelKind;
  readonly value: string;
  readonly language: Language;
  /** A call is wished; a landline is called anyway. */
  readonly spoken?: boolean;
}

interface ChannelWords {
  readonly sms: string;
  readonly email: EmailText;
  readonly spoken: SpokenMessage;
}

/**
 * One message to a private number or address; an e-mail carries the link that stops them. Hosts and gateways like to repeat
 * whom they refuse, and administrators and logs are to see masks only.
 */
export async function sendToChannel(
  ports: Ports,
  to: Recipient,
  words: ChannelWords,
  reference: string,
): Promise<NoticeOutcome> {
  const outcome = await handOver(ports, to, words, reference);
  return outcome.ok ? outcome : { ...outcome, detail: masked(outcome.detail, to) };
}

function masked(detail: string, { kind, value }: Recipient): string {
  const mask = kind === 'email' ? maskAddress(value) : maskPhone(value);
  // Some leave out the plus.
  const written = kind === 'email' ? [value] : [value, value.replace(/^\+/, '')];
  let said = detail;
  for (const each of written) {
    const pattern = each.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
    said = said.replaceAll(new RegExp(pattern, 'gi'), () => mask);
  }
  return said;
}

async function handOver(
  ports: Ports,
  to: Recipient,
  words: ChannelWords,
  reference: string,
): Promise<NoticeOutcome> {
  if (to.kind === 'sms') {
    const { spoken } = phoneMessage(ports, to.value, to.spoken === true);
    return spoken
      ? call(ports, to, words.spoken, reference)
      : ports.sms.send({ to: to.value, text: words.sms, reference });
  }
  const templates = ports.templates(to.language);
  const email = templates.withStopLink(
    templates.withHelpdesk(words.email, to.organisation.helpdesk),
    `${ports.settings.portalUrl}/stop/${stopToken(ports, { ...to, organisationId: to.organisation.id })}`,
  );
  return ports.alternateEmail.send({ to: to.value, ...email, reference });
}

/** No login and no password is spoken: whoever picks up, or an answering machine, is not known. */
function call(
  ports: Ports,
  { language, organisation, value }: Recipient,
  message: SpokenMessage,
  reference: string,
): Promise<NoticeOutcome> {
  const text = ports.spoken(language)(message, {
    organisation: organisation.name,
    portalUrl: ports.settings.portalUrl,
    codeValidFor: CODE_VALID_FOR / MINUTE,
  });
  return ports.voice.call({ to: value, text, language, reference });
}
