import { z } from 'zod';
import { uuid, type IsoInstant } from '../words.ts';
import type { MailboxRow } from './mailbox.ts';
import type { Party } from './people.ts';

export interface MessageView extends MailboxRow {
  readonly cc: readonly Party[];
  /** Of sent mail: those whom only its writer sees. */
  readonly bcc: readonly Party[];
  readonly replyTo: readonly Party[];
  readonly sentAt: IsoInstant | null;
  readonly text: string;
  /** Encrypted, or signed in a form that only other programs open: there is a text, and it cannot be shown here. */
  readonly isSealed: boolean;
  /** Sanitised on the server; the client sanitises again and shows it in a sandboxed frame. */
  readonly html: string | null;
  readonly hasRemoteContent: boolean;
  /** Tracking pixels that were taken out for good. */
  readonly trackers: number;
  /** `ask`: blocked until asked for. `always`: this user said so for this sender, whom our check has proved. */
  readonly pictures: 'ask' | 'always';
  /** The sender is proved, so that showing always can be offered. */
  readonly mayAlwaysShow: boolean;
  /** Longer than what is handed out; the source has all of it. */
  readonly isCut: boolean;
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
    /** A line for each of SPF, DKIM and DMARC. */
    readonly checks: readonly string[];
  };
  /** Reasons to look twice, the weightiest first. */
  readonly warnings: readonly {
    readonly kind: SenderWarningKind | 'signature';
    readonly level: 'attention' | 'problem';
    readonly words: string;
  }[];
  /** What of it cannot be shown here, and where it can: encryption, signatures, formats of one program. */
  readonly notes: readonly string[];
  readonly invitation: InvitationView | null;
  /** What it says as a delivery report, recipient by recipient; null of all other mail. */
  readonly reported: {
    readonly sent: 'here' | 'elsewhere' | 'unknown';
    /** The message that it is about, in this mailbox; null where it is not. */
    readonly itemId: string | null;
    readonly recipients: readonly {
      readonly recipient: string;
      readonly level: 'good' | 'attention' | 'problem';
      readonly words: string;
    }[];
  } | null;
  /** The message as it came, as text. */
  readonly sourceHref: string;
  /** Where it stands for sent mail: one line per recipient. */
  readonly deliveries: readonly {
    readonly recipient: string;
    readonly state: string;
    readonly words: string;
    /** It is final, and another address may do: the message can be sent again to one. */
    readonly mayCorrect: boolean;
  }[];
}

export type SenderWarningKind =
  | 'own-domain-unproved'
  | 'look-alike-domain'
  | 'colleague-name'
  | 'address-in-name'
  | 'reply-elsewhere'
  | 'first-time';

export interface InvitationView {
  readonly method: 'request' | 'cancel' | 'reply' | 'publish';
  /** `Invitation`, `Invitation, changed`, `Cancelled`, `Accepted by …`. */
  readonly words: string;
  readonly subject: string;
  readonly location: string;
  readonly start: IsoInstant;
  readonly end: IsoInstant;
  readonly isAllDay: boolean;
  /** Of whoever invites; null when the time was given in UTC. */
  readonly zone: string | null;
  /** The same on every clock, wherever it is. */
  readonly isFloating: boolean;
  readonly organizer: Party | null;
  readonly attendees: readonly (Party & {
    readonly answer: 'accepted' | 'declined' | 'tentative' | 'none';
  })[];
  /** `Every week on Monday and Wednesday, until 31 March 2027`; empty when it is once. */
  readonly recurrence: string;
  readonly joinUrl: string | null;
}

export const alwaysShowPicturesInput = z.object({ itemId: uuid, always: z.boolean() });
