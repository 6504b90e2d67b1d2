import type {
  AdministratorRecord,
  PortalAccountRecord,
  PortalSessionRecord,
} from '../../records/people.ts';

export interface AccountRepository {
  portalAccount(userId: string): Promise<PortalAccountRecord | null>;
  savePortalPassword(userId: string, passwordHash: string): Promise<void>;
  forgetPortalPassword(userId: string): Promise<void>;
  createPortalSession(session: PortalSessionRecord & { readonly tokenHash: string }): Promise<void>;
  clearMustChoose(sessionId: string): Promise<void>;
  revokePortalSessions(userId: string): Promise<void>;
  revokePortalSessionsOf(userIds: readonly string[]): Promise<void>;
  administrators(): Promise<readonly AdministratorRecord[]>;
  addAdministrator(administrator: AdministratorRecord): Promise<void>;
}
