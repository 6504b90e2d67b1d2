import {
  DAY,
  decideSignInCode,
  ENTERED_USABLE_AFTER,
  HELPDESK_CODE_VALID_FOR,
  HOUR,
  type IdentityCheck,
} from '@holdfast/domain';
import { noteChange, provenChannels } from '../account-changes/note-change.ts';
import type { Actor } from '../actor.ts';
import { actorName } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import { isAdmitted } from '../mailbox/user-access.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { DirectoryRecord } from '../records/people.ts';
import { Refusal } from '../refusal.ts';
import { limitAttempts } from './login.ts';
import { spokenCode, spokenCodeMac } from './spoken-code.ts';

/** Codes for one user within an hour: one that was not understood may be made again, not over and over. */
export const HELPDESK_CODES_PER_USER = 5;
/**
 * Whoever has changed how a user is reached makes them no code for this long: what tells the user might go to the wrong
 * hands. A contact that was entered comes into use after `ENTERED_USABLE_AFTER`; a day more is for whoever was told to object.
 */
export const SECOND_PERSON_FOR = ENTERED_USABLE_AFTER + DAY;
const CHANGES_OF_REACH = ['alternate-info.reset', 'alternate-info.entered'] as const;

export interface HelpdeskCode {
  /** To be read out; shown once, kept as HMAC. */
  readonly code: string;
  readonly expiresAt: number;
}

/**
 * A code that the helpdesk reads out to a user who can be reached in no other way: single use, 15 minutes, with the
 * identity check recorded. It is told to the work mailbox, to every proven channel as it is now, and by a banner in the
 * mailbox, in the same transaction; nobody can have the one without the other. Refuses: `users.unknown`,
 * `users.not-protected`, `users.second-person`, `session.too-many-attempts`.
 */
export async function makeHelpdeskCode(
  ports: Ports,
  actor: Extract<Actor, { kind: 'administrator' }>,
  input: { readonly userId: string; readonly identityCheck: IdentityCheck },
): Promise<HelpdeskCode> {
  await limitAttempts(ports, [
    { key: `helpdesk-code:${input.userId}`, most: HELPDESK_CODES_PER_USER, window: HOUR },
  ]);
  const code = spokenCode(ports);
  return ports.database.withinOrganisation(actor.organisationId, async (repositories) => {
    const { directory, signIn, audit, channels } = repositories;
    const user = await directory.get(input.userId);
    if (user === null)
      throw new Refusal('users.unknown', 'That user is not in the directory any more.');
    if (!isAdmitted(user))
      throw new Refusal(
        'users.not-protected',
        'That user is not protected, or their account is disabled: there is no emergency mailbox to sign in to.',
      );
    await refuseWithoutSecondPerson(ports, repositories, actor, user);
    const madeAt = ports.clock.now();
    const expiresAt = madeAt + HELPDESK_CODE_VALID_FOR;
    const before = await signIn.lockCodes(user.id, madeAt);
    for (const older of before)
      if (older.kind === 'helpdesk') await signIn.saveCode({ ...older, usedAt: madeAt });
    await signIn.saveCode({
      id: ports.identifiers.uuid(),
      userId: user.id,
      kind: 'helpdesk',
      codeMac: spokenCodeMac(ports, 'helpdesk-code', user.id, code),
      linkHash: null,
      ticketHash: null,
      madeAt,
      expiresAt,
      usedAt: null,
      failures: 0,
      madeBy: actor.email,
      identityCheck: input.identityCheck,
    });
    await audit.append(
      auditEntry(ports, actor, 'sign-in.helpdesk-code-made', user.primaryAddress, {
        identityCheck: input.identityCheck,
      }),
    );
    await noteChange(ports, repositories, await repositories.organisation.get(), {
      userId: user.id,
      change: { kind: 'helpdesk-code-made', by: actor.email, madeAt },
      told: provenChannels(await channels.ofUser(user.id)),
    });
    return { code, expiresAt };
  });
}

/** The audit log tells: nobody can take an entry out of it. */
async function refuseWithoutSecondPerson(
  ports: Ports,
  { audit }: OrganisationRepositories,
  actor: Actor,
  user: DirectoryRecord,
): Promise<void> {
  const changed = await audit.hasDone({
    actor: actorName(actor),
    actions: CHANGES_OF_REACH,
    subject: user.primaryAddress,
    since: ports.clock.now() - SECOND_PERSON_FOR,
  });
  if (!changed) return;
  throw new Refusal(
    'users.second-person',
    'You have changed how this user is reached within the last two days. So that no single person can get in to a mailbox unnoticed, another administrator has to make the code.',
  );
}

/** Uses up what was read out, and tells the user of it. */
export async function useHelpdeskCode(
  ports: Ports,
  repositories: OrganisationRepositories,
  userId: string,
  typed: string,
): Promise<boolean> {
  const now = ports.clock.now();
  const codes = await repositories.signIn.lockCodes(userId, now);
  const codeMac = spokenCodeMac(ports, 'helpdesk-code', userId, typed);
  const decision = decideSignInCode(codes, { kind: 'read-out', codeMac }, now);
  if (!decision.ok) return false;
  const { code } = decision;
  await repositories.signIn.saveCode(code);
  await noteChange(ports, repositories, await repositories.organisation.get(), {
    userId,
    change: { kind: 'helpdesk-code-used', by: code.madeBy ?? '', madeAt: code.madeAt },
    told: provenChannels(await repositories.channels.ofUser(userId)),
  });
  return true;
}
