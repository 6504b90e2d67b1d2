import { z } from 'zod';
import type { HelpdeskView } from '../helpdesk.ts';
import { address, language, newPassword, type IsoInstant, type Language } from '../words.ts';

/** Keyboards of phones put a space behind a word, and copied text brings one along: chosen and typed it counts for nothing. */
const typedPassword = z.string().trim();

export const portalSignInInput = z.object({
  login: address,
  password: typedPassword.pipe(z.string().min(1).max(256)),
});
export const requestWayInInput = z.object({ login: address });
export const useWayInInput = z.object({
  login: address,
  way: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('code'),
      code: z.string().max(40),
      ticket: z.string().max(128),
    }),
    z.object({ kind: z.literal('link'), link: z.string().max(128) }),
  ]),
});
export const chooseLanguageInput = z.object({ language });
export const choosePasswordInput = z.object({ password: typedPassword.pipe(newPassword) });

export interface PortalState {
  readonly user: {
    readonly name: string;
    readonly address: string;
    /** Mail to these comes here, too. */
    readonly otherAddresses: readonly string[];
  } | null;
  /** As the user has chosen; null: not yet, or nobody is signed in. */
  readonly language: Language | null;
  readonly organisation: string | null;
  readonly mustChoosePassword: boolean;
  /** `drill`: to be read and written in, and nothing of it leaves or changes real mail. */
  readonly access: 'open' | 'read-only' | 'drill' | 'closed';
  readonly event: {
    readonly phase: 'active' | 'recovering';
    readonly since: IsoInstant;
    readonly endedAt: IsoInstant | null;
    readonly readOnlyUntil: IsoInstant | null;
    /** When the organisation means to end it; null: when Office 365 is back. */
    readonly plannedEnd: IsoInstant | null;
    /** Of what one wrote here: how much is in Sent Items by now. */
    readonly sent: { readonly written: number; readonly putBack: number };
    /** Nothing waits any more, and of everything it is known what became of it. */
    readonly settled: boolean;
  } | null;
  /** The drill that one takes part in; a day after its end null again. */
  readonly drill: {
    readonly id: string;
    readonly reason: string;
    readonly since: IsoInstant;
    readonly endsAt: IsoInstant;
    /** Null while it runs. */
    readonly endedAt: IsoInstant | null;
    /** A real emergency has ended it. */
    readonly forEvent: boolean;
  } | null;
  /** How much of the mailbox at Office 365 is here: sent mail and mail between colleagues from before the event. */
  readonly copy: 'whole' | 'partly' | 'none';
  /** The helpdesk has made a code that lets somebody in here; null when there is nothing to say. */
  readonly helpdesk: {
    readonly by: string;
    readonly at: IsoInstant;
    readonly used: boolean;
    readonly mayPutAway: boolean;
  } | null;
  /** Whom to ask; null: the organisation has not said, or several share this address and it is not known whose. */
  readonly helpdeskContact: HelpdeskView | null;
  /** Whether browsers make passkeys for this address. */
  readonly passkeys: boolean;
  /** Messages of one's own that cannot be put into Sent Items, and can be downloaded. */
  readonly leftSent: number;
  readonly demo: boolean;
}
