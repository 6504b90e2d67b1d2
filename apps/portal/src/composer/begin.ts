import type { MessageView, Party } from '@holdfast/contracts';
import { fullMoment } from '../dates.ts';
import { en } from '../messages/en.ts';
import type { DraftContent } from './draft-store.ts';
import { forwardSubject, forwardText, replySubject, replyText } from './quoting.ts';
import { replyRecipients } from './recipients.ts';

const NOTHING = { count: 0, bytes: 0 } as const;

export function blank(to: readonly Party[]): DraftContent {
  return { to, cc: [], subject: '', text: '', about: null, carried: NOTHING };
}

export function answer(message: MessageView, self: string, all: boolean): DraftContent {
  const attribution = en.composer.wrote(
    fullMoment(message.sentAt ?? message.receivedAt),
    message.from === null ? en.list.noSender : message.from.name || message.from.address,
  );
  return {
    ...replyRecipients(message, self, all),
    subject: replySubject(message.subject),
    text: replyText(attribution, message.text),
    about: { itemId: message.id, mode: 'reply' },
    carried: NOTHING,
  };
}

export function forward(message: MessageView): DraftContent {
  const attachments = message.parts.filter((part) => !part.inline);
  return {
    to: [],
    cc: [],
    subject: forwardSubject(message.subject),
    text: forwardText(
      message,
      fullMoment(message.sentAt ?? message.receivedAt),
      en.composer.forwardLabels,
    ),
    about: { itemId: message.id, mode: 'forward' },
    carried: {
      count: attachments.length,
      bytes: attachments.reduce((sum, part) => sum + part.size, 0),
    },
  };
}
