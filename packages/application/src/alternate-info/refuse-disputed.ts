import type { ChannelKind } from '@holdfast/domain';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import { Refusal } from '../refusal.ts';

/** A value that the user has said is not theirs does not come back by a link. Refuses: `info.not-yours`. */
export async function refuseDisputed(
  { accountChanges }: Pick<OrganisationRepositories, 'accountChanges'>,
  userId: string,
  { kind, value }: { readonly kind: ChannelKind; readonly value: string },
): Promise<void> {
  if (!(await accountChanges.isDisputed(userId, value))) return;
  const message =
    'This was taken back before with “It was not me”, and is not accepted again. If it is yours after all, have somebody look into it first.';
  throw new Refusal('info.not-yours', message, { [kind === 'sms' ? 'phone' : 'email']: message });
}
