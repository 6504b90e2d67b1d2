import type { MessageView } from '@holdfast/contracts';
import type { MessageProtection, ReadableMessage, SignatureFinding } from '@holdfast/application';

/** Outlook's own wrapping, where it could not be opened here: damaged, or too large. */
const OUTLOOK_ONLY = new Set(['application/ms-tnef', 'application/vnd.ms-tnef']);

/** What cannot be shown here, and where it can be read; nothing for ordinary mail. */
export function notesOn(
  message: Pick<ReadableMessage, 'protection' | 'parts' | 'isCut' | 'from'>,
): readonly string[] {
  const notes: string[] = [];
  if (message.protection !== null && !isBroken(message.protection))
    notes.push(protectionWords(message.protection, message.from?.address ?? ''));
  const isWrapped = message.parts.some(
    ({ contentType, fileName }) =>
      OUTLOOK_ONLY.has(contentType) || fileName.toLowerCase() === 'winmail.dat',
  );
  if (isWrapped) {
    notes.push(
      'Attachments of this message are in Outlook’s own format (winmail.dat), which could not be opened here. Outlook itself may open them.',
    );
  }
  if (message.isCut)
    notes.push('This message is so long that its end is left out. Its source has all of it.');
  return notes;
}

/** A signature that does not fit is a reason to look twice, and no note among others. */
export function presentBrokenSignature({
  protection,
  from,
}: Pick<ReadableMessage, 'protection' | 'from'>): MessageView['warnings'] {
  if (protection === null || !isBroken(protection)) return [];
  const words = protectionWords(protection, from?.address ?? '');
  return [{ kind: 'signature', level: 'attention', words }];
}

function isBroken({ signer }: MessageProtection): boolean {
  return signer?.fits === 'no';
}

function protectionWords({ by, how, signer }: MessageProtection, from: string): string {
  const name = by === 'smime' ? 'S/MIME' : 'PGP';
  switch (how) {
    case 'signed':
      return signer === null
        ? `Signed with ${name}. The signature is not checked here.`
        : signatureWords(name, signer, from);
    case 'opaque':
      return `Signed with ${name} in a form that only a mail program with ${name} opens. It reaches your own mailbox unchanged.`;
    case 'encrypted':
      return `Encrypted with ${name}. It can be read only where your key is, and reaches your own mailbox unchanged. If it cannot wait, ask the sender to reach you another way.`;
  }
}

/** What the signature proves, and what it does not: anybody can make a certificate that names whomever they like. */
function signatureWords(kind: string, signer: SignatureFinding, from: string): string {
  const [address] = signer.addresses;
  const who = [signer.name, address].filter(Boolean).join(', ') || 'somebody without a name';
  switch (signer.fits) {
    case 'no':
      return `Signed with ${kind} by ${who}, and the signature does not fit: the text was changed after it was signed, by a mailing list on the way or by somebody else.`;
    case 'unknown':
      return `Signed with ${kind} by ${who}, in a way that cannot be checked here.`;
    case 'yes':
      return signer.addresses.includes(from.toLowerCase())
        ? `Signed with ${kind} by ${who}: the text is as it was signed. The certificate was issued by ${signer.issuer || 'nobody named'}; whether to trust it is not checked here.`
        : `Signed with ${kind} by ${who}, which is not the sender’s address. The text is as it was signed; whether to trust the certificate is not checked here.`;
  }
}
