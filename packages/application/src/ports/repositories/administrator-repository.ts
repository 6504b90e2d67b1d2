import type { AdministratorRole } from '@holdfast/domain';
import type { InvitationRecord } from '../../records/people.ts';

export interface AdministratorRepository {
  saveRole(id: string, role: AdministratorRole): Promise<void>;
  /** With every session. */
  remove(id: string): Promise<void>;
  /** By address. */
  invitations(): Promise<readonly InvitationRecord[]>;
  saveInvitation(invitation: InvitationRecord & { readonly tokenHash: string }): Promise<void>;
  removeInvitation(id: string): Promise<void>;
}
