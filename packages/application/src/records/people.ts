import type {
  AdministratorRole,
  AlternateInfoState,
  ChannelKind,
  ContactChannel,
  DirectoryKind,
  Instant,
  Language,
  SignInMethod,
} from '@holdfast/domain';

export interface DirectoryRecord {
  readonly id: string;
  readonly externalId: string;
  readonly kind: DirectoryKind;
  readonly displayName: string;
  readonly primaryAddress: string;
  readonly addresses: readonly string[];
  readonly hasMailbox: boolean;
  readonly accountEnabled: boolean;
  readonly directoryPhone: string | null;
  /** As the directory says: a tag (BCP 47). */
  readonly preferredLanguage: string | null;
  /** As the user has chosen; null: not yet. */
  readonly language: Language | null;
  readonly protected: boolean;
  readonly protectedSince: Instant | null;
  /** Gone from the tenant; kept while mail or an event needs it. */
  readonly removedAt: Instant | null;
  /** Derived from channels, requests and sign-ins; stored so that lists can filter and sort by it. */
  readonly alternateInfo: AlternateInfoState;
  readonly lastAskedAt: Instant | null;
  /** First sign-in to the portal (drill, rehearsal or event). */
  readonly openedAt: Instant | null;
  readonly lastSignInAt: Instant | null;
  /** That sign-in was to a drill. */
  readonly lastSignInDrill: boolean;
  /** A group that not everybody may write to: its mail is queued and not shown to members. Null: not told. */
  readonly restricted: boolean | null;
}

export interface DirectoryQuery {
  /** Part of name or address; empty for all. */
  readonly search: string;
  readonly kinds: readonly DirectoryKind[] | null;
  readonly protected: boolean | null;
  readonly alternateInfo: readonly AlternateInfoState[] | null;
  readonly sort: 'name' | 'address' | 'kind' | 'alternateInfo' | 'lastAskedAt' | 'lastSignInAt';
  readonly descending: boolean;
  /** 0-based offset and page size (at most 200). */
  readonly offset: number;
  readonly limit: number;
}

export interface ChannelRecord {
  readonly userId: string;
  readonly kind: ChannelKind;
  readonly channel: ContactChannel;
  /** Id of the challenge that is under way: what a `channel.send-code` job names. */
  readonly challengeId: string | null;
  /** The number is used by another user too; the SMS names the login and a code alone never signs in. */
  readonly shared: boolean;
  /** Hosted by Microsoft: likely to be down at the same time. */
  readonly weak: boolean;
}

export interface ContactPreference {
  readonly preferred: ChannelKind;
}

export interface InfoRequestRecord {
  readonly id: string;
  readonly organisationId: string;
  readonly userId: string;
  readonly tokenHash: string;
  readonly sentAt: Instant;
  readonly expiresAt: Instant;
  readonly replacedAt: Instant | null;
}

export interface PortalAccountRecord {
  readonly userId: string;
  readonly organisationId: string;
  /** argon2id of the password that the user chose; null until then. */
  readonly passwordHash: string | null;
}

export interface SessionRecord {
  readonly id: string;
  readonly organisationId: string;
  /** Administrator or directory object. */
  readonly subjectId: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  /** Portal only: signed in with a temporary password and has to choose one of their own first. */
  readonly mustChoosePassword: boolean;
}

/** A user's session, with what its list of devices shows. */
export interface PortalSessionRecord extends SessionRecord {
  readonly method: SignInMethod;
  /** "Safari on iPhone". */
  readonly device: string;
  /** Address it was opened from. */
  readonly network: string | null;
  readonly lastSeenAt: Instant;
}

export interface AdministratorRecord {
  readonly id: string;
  readonly organisationId: string;
  readonly email: string;
  readonly name: string;
  readonly role: AdministratorRole;
  readonly passwordHash: string;
  /** When they accepted their invitation; null: the first ones, who had none. */
  readonly joinedAt: Instant | null;
}

/** Somebody who was asked to administer and has not accepted yet. */
export interface InvitationRecord {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: AdministratorRole;
  readonly invitedBy: string;
  readonly invitedAt: Instant;
  readonly expiresAt: Instant;
}

export interface NoticeRecord {
  readonly id: string;
  readonly userId: string;
  readonly channel: ChannelKind | 'work-email';
  readonly kind: string;
  readonly eventId: string | null;
  readonly state: 'sent' | 'failed';
  readonly detail: string;
  readonly at: Instant;
}
