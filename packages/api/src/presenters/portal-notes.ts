import type { MessageProtection, ReadableMessage } from '@holdfast/application';

/** Outlook's own wrapping of text and attachments, which nothing else opens. */
const OUTLOOK_ONLY = new Set(['application/ms-tnef', 'application/vnd.ms-tnef']);

/** What cannot be shown here, and where it can be read; nothing for ordinary mail. */
export function notesOn(
  message: Pick<ReadableMessage, 'protection' | 'parts' | 'isCut'>,
): readonly string[] {
  const notes: string[] = [];
  if (message.protection !== null) notes.push(protectionWords(message.protection));
  const isWrapped = message.parts.some(
    ({ contentType, fileName }) =>
      OUTLOOK_ONLY.has(contentType) || fileName.toLowerCase() === 'winmail.dat',
  );
  if (isWrapped) {
    notes.push(
      'Attachments of this message are in Outlook’s own format (winmail.dat) and can be opened there only.',
    );
  }
  if (message.isCut)
    notes.push('This message is so long that its end is left out. Its source has all of it.');
  return notes;
}

function protectionWords({ by, how }: MessageProtection): string {
  const name = by === 'smime' ? 'S/MIME' : 'PGP';
  switch (how) {
    case 'signed':
      return `Signed with ${name}. The signature is not checked here.`;
    case 'opaque':
      return `Signed with ${name} in a form that only a mail program with ${name} opens. It reaches your own mailbox unchanged.`;
    case 'encrypted':
      return `Encrypted with ${name}. It can be read only where your key is, and reaches your own mailbox unchanged.`;
  }
}
