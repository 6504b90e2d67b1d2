import { noteChange, provenChannels } from '../account-changes/note-change.ts';
import { auditEntry } from '../audit-entry.ts';
import type { UserActor } from '../mailbox/user-access.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import { refuseHelpdeskSession } from './own-session.ts';
import { spokenCode, spokenCodeMac } from './spoken-code.ts';

/** As many as fit a card in a wallet. */
export const RECOVERY_CODES = 8;

/**
 * A new set, shown once, to be printed; an earlier set is void with it. Each works once, with the login.
 * Refuses: `session.not-with-helpdesk-code`.
 */
export async function makeRecoveryCodes(
  ports: Ports,
  actor: UserActor,
): Promise<{ readonly codes: readonly string[] }> {
  const codes = Array.from({ length: RECOVERY_CODES }, () => spokenCode(ports));
  await ports.database.withinOrganisation(actor.organisationId, async (repositories) => {
    await refuseHelpdeskSession(ports, repositories, actor);
    const madeAt = ports.clock.now();
    await repositories.signIn.replaceRecoveryCodes(
      actor.userId,
      codes.map((code) => ({
        id: ports.identifiers.uuid(),
        userId: actor.userId,
        codeMac: spokenCodeMac(ports, 'recovery-code', actor.userId, code),
        madeAt,
        usedAt: null,
      })),
    );
    await repositories.audit.append(
      auditEntry(ports, actor, 'sign-in.recovery-codes-made', actor.userId),
    );
    await noteChange(ports, repositories, await repositories.organisation.get(), {
      userId: actor.userId,
      change: { kind: 'recovery-codes-made' },
      told: provenChannels(await repositories.channels.ofUser(actor.userId)),
    });
  });
  return { codes };
}

/** Uses one up, and tells the user of it. */
export async function useRecoveryCode(
  ports: Ports,
  repositories: OrganisationRepositories,
  userId: string,
  typed: string,
): Promise<boolean> {
  const mac = spokenCodeMac(ports, 'recovery-code', userId, typed);
  const codes = await repositories.signIn.recoveryCodes(userId);
  const unused = codes.filter(({ usedAt }) => usedAt === null);
  const match = unused.find(({ codeMac }) => ports.secrets.equal(codeMac, mac));
  if (match === undefined) return false;
  if (!(await repositories.signIn.takeRecoveryCode(match.id, ports.clock.now()))) return false;
  await noteChange(ports, repositories, await repositories.organisation.get(), {
    userId,
    change: { kind: 'recovery-code-used', left: unused.length - 1 },
    told: provenChannels(await repositories.channels.ofUser(userId)),
  });
  return true;
}
