/** Licence that a directory user holds; decides about the mailbox (see plans.ts). */
export type Licence = 'enterprise' | 'standard' | 'frontline' | 'none';

/** An object that Entra ID lists under /users: people, guests and resource mailboxes alike. */
export interface DirectoryUser {
  readonly type: 'user';
  readonly id: string;
  readonly purpose: 'user' | 'shared' | 'room' | 'equipment' | 'guest' | 'none';
  readonly displayName: string;
  readonly givenName: string | null;
  readonly surname: string | null;
  readonly userPrincipalName: string;
  /** Primary address first, then aliases; empty for somebody without any mail address. Lower case. */
  readonly addresses: readonly string[];
  readonly accountEnabled: boolean;
  readonly licence: Licence;
  readonly jobTitle: string | null;
  readonly department: string | null;
  readonly mobilePhone: string | null;
  readonly otherMails: readonly string[];
  readonly preferredLanguage: string | null;
  readonly usageLocation: string | null;
}

export interface DirectoryGroup {
  readonly type: 'group';
  readonly id: string;
  /** `dynamic` groups exist in Exchange only and never appear in Graph. */
  readonly kind: 'distribution' | 'security' | 'unified' | 'dynamic';
  readonly displayName: string;
  readonly description: string;
  readonly addresses: readonly string[];
  /** Primary addresses of members; may name other groups and contacts. */
  readonly members: readonly string[];
  /** Who may write to it; everybody unless something is said. */
  readonly closed?: 'internal-only' | 'moderated' | 'members-only';
}

export interface DirectoryContact {
  readonly type: 'contact';
  readonly id: string;
  readonly displayName: string;
  readonly givenName: string;
  readonly surname: string;
  readonly companyName: string;
  /** Where mail for the contact goes: an outside mailbox. */
  readonly externalAddress: string;
  /** Addresses of the tenant that stand for the contact. */
  readonly addresses: readonly string[];
}

/** Mail-enabled public folder: Exchange only, not in Graph. */
export interface PublicFolder {
  readonly type: 'publicFolder';
  readonly id: string;
  readonly displayName: string;
  readonly addresses: readonly string[];
}

export type Recipient = DirectoryUser | DirectoryGroup | DirectoryContact | PublicFolder;

/** Only these have a mailbox of their own that mail is delivered to. */
export function hasMailbox(recipient: Recipient): boolean {
  switch (recipient.type) {
    case 'user':
      return recipient.addresses.length > 0 && !['guest', 'none'].includes(recipient.purpose);
    case 'group':
      return true;
    case 'publicFolder':
      return true;
    case 'contact':
      return false;
  }
}
