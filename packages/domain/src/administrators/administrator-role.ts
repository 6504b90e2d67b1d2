/** Who somebody is in the console. */
export const ADMINISTRATOR_ROLES = ['owner', 'administrator', 'helpdesk', 'auditor'] as const;
export type AdministratorRole = (typeof ADMINISTRATOR_ROLES)[number];

/** What a procedure of the console is, for the question who may call it. */
export type AdminDuty =
  /** One's own session, and what every page's frame shows. */
  | 'own-session'
  /** Who is protected, who can be reached, whether Office 365 works and an event is on: no queue, no message. */
  | 'see-people'
  /** Everything else that is only looked at, senders and subjects of messages among it. */
  | 'look'
  /** Helping users in: requests, resets, entered contacts, codes that are read out. */
  | 'help-users'
  /** What changes mail, protection, connection, events. */
  | 'operate'
  /** Who administers. */
  | 'own';

const DUTIES: Readonly<Record<AdministratorRole, readonly AdminDuty[]>> = {
  owner: ['own-session', 'see-people', 'look', 'help-users', 'operate', 'own'],
  administrator: ['own-session', 'see-people', 'look', 'help-users', 'operate'],
  helpdesk: ['own-session', 'see-people', 'help-users'],
  auditor: ['own-session', 'see-people', 'look'],
};

export function dutiesOf(role: AdministratorRole): readonly AdminDuty[] {
  return DUTIES[role];
}

export function mayDo(role: AdministratorRole, duty: AdminDuty): boolean {
  return DUTIES[role].includes(duty);
}

export interface RoleHolder {
  readonly id: string;
  readonly role: AdministratorRole;
}

export type RoleRefusal = 'unknown' | 'last-owner';

/** Another role for somebody, or none (null: taken away). Without an owner nobody could ever change it again. */
export function decideRole(
  holders: readonly RoleHolder[],
  id: string,
  role: AdministratorRole | null,
): RoleRefusal | null {
  const held = holders.find((holder) => holder.id === id);
  if (held === undefined) return 'unknown';
  const others = holders.some((holder) => holder.id !== id && holder.role === 'owner');
  return held.role === 'owner' && role !== 'owner' && !others ? 'last-owner' : null;
}
