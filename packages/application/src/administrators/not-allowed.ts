import type { AdministratorRole } from '@holdfast/domain';
import { Refusal } from '../refusal.ts';

/** What a role does not include. */
export function notAllowed(role: AdministratorRole): Refusal {
  return new Refusal(
    'role.not-allowed',
    `Your role is ${role}, and this is not part of it. Nothing was changed. The owners, who can change roles, are listed under Settings.`,
  );
}
