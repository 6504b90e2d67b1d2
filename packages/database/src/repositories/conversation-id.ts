import { conversationName, type ConversationLinks } from '@holdfast/domain';
import { createHash } from 'node:crypto';

/** An id that the same name always gives: whoever sees a message first, it finds its conversation. */
export function idOfName(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  // Version 8, RFC 9562 section 5.8: made in a way of our own.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** `otherwise` is the id of one that stands alone. */
export function conversationIdOf(links: ConversationLinks, otherwise: string): string {
  const name = conversationName(links);
  return name === null ? otherwise : idOfName(name);
}
