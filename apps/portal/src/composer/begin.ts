import type { MessageView } from '@holdfast/contracts';
import { MAX_RICH_TEXT } from '@holdfast/contracts/rich-text';
import { fullMoment } from '../dates.ts';
import type { DraftContent } from '../drafts/draft.ts';
import { MAX_ATTACHMENTS } from '../limits.ts';
import { en } from '../messages/en.ts';
import { quoted } from '../messages/en/quoted.ts';
import { forwardSubject, forwardText, replySubject, replyText } from './quoting.ts';
import { replyRecipients } from './recipients.ts';
import { isFormattingChosen } from './rich/formatting-choice.ts';
import { withFormatting } from './rich/forms-of-text.ts';

export { fromMailLink } from './mail-link.ts';

export function answer(message: MessageView, own: readonly string[], all: boolean): DraftContent {
  const attribution = quoted.wrote(
    fullMoment(message.sentAt ?? message.receivedAt),
    message.from === null ? en.list.noSender : message.from.name || message.from.address,
  );
  return asChosen(message, {
    ...replyRecipients(message, own, all),
    bcc: [],
    subject: replySubject(message.subject),
    text: replyText(attribution, message.text),
    about: { itemId: message.id, mode: 'reply', parts: [] },
    carried: [],
  });
}

/** Plain text is answered in plain text. */
function asChosen(message: MessageView, content: DraftContent): DraftContent {
  return isFormattingChosen() && message.html !== null ? withFormatting(content, message) : content;
}

export function forward(message: MessageView): DraftContent {
  // Pictures inside the text go along as files: the text that quotes them is plain.
  const carried = message.parts
    .slice(0, MAX_ATTACHMENTS)
    .map(({ index, fileName, size }) => ({ index, fileName, size }));
  const chosen = message.parts.filter(({ inline }) => !inline).map(({ index }) => index);
  return asChosen(message, {
    to: [],
    cc: [],
    bcc: [],
    subject: forwardSubject(message.subject),
    text: forwardText(
      message,
      fullMoment(message.sentAt ?? message.receivedAt),
      quoted.forwardLabels,
    ),
    about: {
      itemId: message.id,
      mode: 'forward',
      parts: carried.map(({ index }) => index).filter((index) => chosen.includes(index)),
    },
    carried,
  });
}

/** The same message again, to an address to be corrected. */
export function sendAgain(message: MessageView, recipient: string): DraftContent {
  const again = forward(message);
  return {
    ...again,
    to: [{ name: '', address: recipient }],
    subject: message.subject,
    text: message.text,
    // What the editor and the server do not keep of it was not written here.
    html: (message.html ?? '').length > MAX_RICH_TEXT ? null : message.html,
    about:
      again.carried.length === 0 || again.about === null ? null : { ...again.about, quote: false },
  };
}
