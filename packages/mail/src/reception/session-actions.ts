import type { AcceptedRecipient, AnnouncedMessage } from '@holdfast/application';

export interface MessageHead {
  readonly announced: AnnouncedMessage;
  readonly recipients: readonly AcceptedRecipient[];
}

/** Why a session or a message was refused, for metrics and the log. */
export type RefusalReason =
  | 'early-talker'
  | 'out-of-step'
  | 'errors'
  | 'idle-commands'
  | 'command-too-long'
  | 'not-smtp'
  | 'message-bytes'
  | 'message-line'
  | 'message-size'
  | 'hops'
  | 'timeout'
  | 'connections'
  | 'client-connections'
  | 'network-connections'
  | 'connection-rate'
  | 'message-rate'
  | 'recipient-rate'
  | 'unknown-recipients'
  | 'proxy-header';

/** What the shell of a session has to do next. Those marked with `?` are answered before anything else happens. */
export type Action =
  | { readonly kind: 'write'; readonly text: string }
  /** `?` answerMail */
  | { readonly kind: 'mail'; readonly announced: AnnouncedMessage }
  /** `?` answerRecipient */
  | {
      readonly kind: 'recipient';
      readonly announced: AnnouncedMessage;
      readonly address: string;
    }
  /** The whole message. `?` answerMessage */
  | { readonly kind: 'message'; readonly head: MessageHead; readonly body: Buffer }
  /** A big message: pieces follow, then `message-ends` or `message-refused`. */
  | { readonly kind: 'message-begins'; readonly head: MessageHead }
  | { readonly kind: 'piece'; readonly bytes: Buffer }
  /** `?` answerMessage */
  | { readonly kind: 'message-ends' }
  /** What was begun is void; the machine answers the client by itself. */
  | { readonly kind: 'message-refused' }
  /** Everything written before goes out first. `?` secured */
  | { readonly kind: 'start-tls' }
  /** `?` answerXclient */
  | { readonly kind: 'xclient'; readonly attributes: ReadonlyMap<string, string> }
  /** To be counted; the reply is written apart. */
  | { readonly kind: 'refused'; readonly reason: RefusalReason }
  | { readonly kind: 'close' };
