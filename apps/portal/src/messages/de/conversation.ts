import type { conversation as conversationWords } from '../en/conversation.ts';
import type { Words } from '../words.ts';

export const conversation: Words<typeof conversationWords> = {
  others: (count) =>
    count === 1 ? '1 weitere in dieser Unterhaltung' : `${count} weitere in dieser Unterhaltung`,
  unread: (count) => `${count} ungelesen`,
  here: 'Steht unten',
  loading: 'Die Unterhaltung wird geladen',
};
