import { pushNotice as words } from '../messages/en/push-notice.ts';

/** What a notification says. Nothing of it comes with the push message, which has no content. */
export interface PushNotice {
  readonly title: string;
  readonly body: string;
}

/**
 * `state` is the server's answer to `session.state`, asked when the message came: what may be done in the mailbox tells
 * why it came. Without an answer it is taken for mail, as nearly all of them are.
 */
export function noticeFor(state: unknown): PushNotice {
  if (typeof state !== 'object' || state === null || !('access' in state)) return words.mail;
  // Signed out: whatever the mailbox is like now is not for whoever holds the device.
  if (!('user' in state) || state.user === null) return words.mail;
  if (state.access === 'read-only') return words.over;
  return state.access === 'closed' ? words.closed : words.mail;
}
