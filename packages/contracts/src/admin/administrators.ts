import { z } from 'zod';
import { ADMINISTRATOR_ROLES, type AdministratorRole } from '@holdfast/domain';
import { uuid, type IsoInstant } from '../words.ts';

export type { AdminDuty, AdministratorRole } from '@holdfast/domain';

export const administratorRole = z.enum(ADMINISTRATOR_ROLES);

export const inviteAdministratorInput = z.object({
  email: z.string().trim().min(3, 'Enter their email address.').max(254),
  name: z.string().trim().min(1, 'Enter their name.').max(120),
  role: administratorRole,
});
export const administratorInput = z.object({ id: uuid });
export const changeRoleInput = z.object({ id: uuid, role: administratorRole });

export interface AdministratorsView {
  readonly administrators: readonly {
    readonly id: string;
    readonly email: string;
    readonly name: string;
    readonly role: AdministratorRole;
    /** Null: since the beginning. */
    readonly joinedAt: IsoInstant | null;
    /** Whoever asks. */
    readonly own: boolean;
  }[];
  readonly invitations: readonly {
    readonly id: string;
    readonly email: string;
    readonly name: string;
    readonly role: AdministratorRole;
    readonly invitedBy: string;
    readonly invitedAt: IsoInstant;
    readonly expiresAt: IsoInstant;
    readonly expired: boolean;
  }[];
}
