import type { MessageView, Party } from '@holdfast/contracts';
import { quotedText } from '@holdfast/contracts/rich-text';

function partyText(party: Party): string {
  return party.name === '' ? party.address : `${party.name} <${party.address}>`;
}

const REPLY_MARKS = /^\s*(?:(?:re|aw|sv|antw|rép|ref)(?:\[\d+\])?\s*:\s*)+/i;
const FORWARD_MARKS = /^\s*(?:(?:fwd?|wg|tr|rv)\s*:\s*)+/i;

/** `Re:` once, however many languages have answered before. */
export function replySubject(subject: string): string {
  return `Re: ${subject.replace(REPLY_MARKS, '')}`.trimEnd();
}

export function forwardSubject(subject: string): string {
  return `Fwd: ${subject.replace(FORWARD_MARKS, '')}`.trimEnd();
}

/** Room to write above, then the words of the one who is answered. */
export function replyText(attribution: string, text: string): string {
  return `\n\n${attribution}\n${quotedText(text)}\n`;
}

export interface ForwardLabels {
  readonly begin: string;
  readonly from: string;
  readonly date: string;
  readonly subject: string;
  readonly to: string;
}

export function forwardText(message: MessageView, date: string, labels: ForwardLabels): string {
  const head = [
    labels.begin,
    ...(message.from === null ? [] : [`${labels.from}: ${partyText(message.from)}`]),
    `${labels.date}: ${date}`,
    `${labels.subject}: ${message.subject}`,
    `${labels.to}: ${message.to.map(partyText).join(', ')}`,
  ];
  return `\n\n${head.join('\n')}\n\n${message.text}`;
}
