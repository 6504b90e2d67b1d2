import type { IsoInstant } from '../words.ts';
import type { MailboxRow } from './mailbox.ts';
import type { Party } from './people.ts';

export interface MessageView extends MailboxRow {
  readonly cc: readonly Party[];
  readonly replyTo: readonly Party[];
  readonly sentAt: IsoInstant | null;
  readonly text: string;
  /** Sanitised on the server; the client sanitises again and shows it in a sandboxed frame. */
  readonly html: string | null;
  readonly hasRemoteContent: boolean;
  readonly parts: readonly {
    readonly index: number;
    readonly fileName: string;
    readonly contentType: string;
    readonly size: number;
    readonly contentId: string | null;
    readonly inline: boolean;
    readonly href: string;
  }[];
  /** In words: `The sender was verified`, `The sender could not be verified`. */
  readonly authentication: {
    readonly level: 'good' | 'attention' | 'problem' | 'unknown';
    readonly words: string;
  };
  /** Where it stands for sent mail: one line per recipient. */
  readonly deliveries: readonly {
    readonly recipient: string;
    readonly state: string;
    readonly words: string;
  }[];
}
