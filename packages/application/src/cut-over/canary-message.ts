import type { Ports } from '../ports.ts';
import type { CanaryProbeRecord } from '../records/cut-over.ts';

/** Without letters and digits that look alike. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
/** Two groups of four: 39 bits, of which nobody but the reader of the mailbox has any. */
const CODE_LENGTH = 8;

/** What the message says and an administrator types in, where we may not look into the mailbox. */
export function canaryCode(
  secrets: Pick<Ports['secrets'], 'mac' | 'hexOf'>,
  organisationId: string,
  probeId: string,
): string {
  const hex = secrets.hexOf(secrets.mac('canary', [organisationId, probeId], 'code'));
  const letters = Array.from({ length: CODE_LENGTH }, (_, at) => {
    const number = Number.parseInt(hex.slice(at * 6, at * 6 + 6), 16);
    return ALPHABET[number % ALPHABET.length] ?? '';
  }).join('');
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}

export function canaryMessageId(probeId: string, noticeFrom: string): string {
  const host = noticeFrom.slice(noticeFrom.lastIndexOf('@') + 1).replace(/>$/, '');
  return `<holdfast-canary.${probeId}@${host}>`;
}

/** Says what it is in the subject, in the text and in a header: nobody shall wonder, and rules can sort it. */
export function canaryMessage(
  ports: Pick<Ports, 'format' | 'secrets' | 'settings' | 'clock'>,
  organisationId: string,
  probe: CanaryProbeRecord,
): Promise<Uint8Array> {
  const code = canaryCode(ports.secrets, organisationId, probe.id);
  return ports.format.compose({
    messageId: probe.messageId,
    date: ports.clock.now(),
    from: { name: 'Holdfast', address: ports.settings.noticeFrom },
    to: [{ name: '', address: probe.mailbox }],
    cc: [],
    subject: `Test message of Holdfast for ${probe.domain}`,
    text: [
      `This is a test. It was sent to ${ports.settings.ourHosts.join(', ')} from outside, as all mail of ${probe.domain} will be, and has arrived here by way of Office 365.`,
      '',
      `If you are setting up Email Continuity, its code is ${code}. Otherwise there is nothing to do, and the message can be deleted.`,
      '',
    ].join('\n'),
    html: null,
    inReplyTo: null,
    references: [],
    attachments: [],
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Holdfast-Canary': probe.id },
  });
}
