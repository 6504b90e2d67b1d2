import { deviceWords } from '@holdfast/domain';
import { noteChange, provenChannels } from '../account-changes/note-change.ts';
import { auditEntry } from '../audit-entry.ts';
import { isAdmitted, type UserActor } from '../mailbox/user-access.ts';
import type { PasskeyJson } from '../ports/passkeys.ts';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { refuseHelpdeskSession } from './own-session.ts';
import { makeChallenge, takeChallenge } from './passkey-challenge.ts';

/** More than anybody has devices, and few enough to read. */
export const PASSKEYS_PER_USER = 10;

/** What the browser needs to make a passkey. Refuses: `passkeys.impossible`, `passkeys.too-many`. */
export async function offerPasskey(ports: Ports, actor: UserActor): Promise<PasskeyJson> {
  if (!ports.passkeys.possible) {
    throw new Refusal(
      'passkeys.impossible',
      'Passkeys need the portal to be reached by https under a name of its own. Everything else works without.',
    );
  }
  const { user, known } = await ports.database.withinOrganisation(
    actor.organisationId,
    async ({ directory, signIn }) => ({
      user: await directory.get(actor.userId),
      known: await signIn.passkeys(actor.userId),
    }),
  );
  if (user === null || !isAdmitted(user))
    throw new Refusal('session.required', 'Sign in to go on.');
  if (known.length >= PASSKEYS_PER_USER) throw tooMany();
  const challenge = await makeChallenge(ports, 'register', actor.userId);
  const { id: userId, primaryAddress: login, displayName: name } = user;
  return ports.passkeys.creation({ challenge, userId, login, name, known });
}

/**
 * Keeps the passkey that the browser has made, and has that told. It takes the place of a password for whoever came in
 * with something that works once. Refuses: `passkeys.not-verified`, `passkeys.too-many`.
 */
export async function addPasskey(
  ports: Ports,
  actor: UserActor,
  input: { readonly answer: PasskeyJson; readonly userAgent: string | null },
): Promise<void> {
  const challenge = await takeChallenge(ports, input.answer, 'register', actor.userId);
  const made =
    challenge === null ? null : await ports.passkeys.verifyCreation(input.answer, challenge);
  if (made === null) {
    throw new Refusal(
      'passkeys.not-verified',
      'The passkey could not be verified, and none was kept. Try again.',
    );
  }
  const device = deviceWords(input.userAgent);
  const passkeyId = ports.identifiers.uuid();
  await ports.database.withinOrganisation(actor.organisationId, async (repositories) => {
    const { accounts, audit, signIn } = repositories;
    if ((await signIn.passkeys(actor.userId)).length >= PASSKEYS_PER_USER) throw tooMany();
    await signIn.addPasskey({
      ...made,
      id: passkeyId,
      userId: actor.userId,
      device,
      madeAt: ports.clock.now(),
      lastUsedAt: null,
    });
    await accounts.clearMustChoose(actor.sessionId);
    await audit.append(auditEntry(ports, actor, 'sign-in.passkey-added', actor.userId, { device }));
    await noteChange(ports, repositories, await repositories.organisation.get(), {
      userId: actor.userId,
      change: { kind: 'passkey-added', passkeyId, device },
      told: provenChannels(await repositories.channels.ofUser(actor.userId)),
    });
  });
}

/** Takes a passkey away, and has that told. Refuses: `session.not-with-helpdesk-code`. */
export async function removePasskey(
  ports: Ports,
  actor: UserActor,
  input: { readonly passkeyId: string },
): Promise<void> {
  await ports.database.withinOrganisation(actor.organisationId, async (repositories) => {
    await refuseHelpdeskSession(ports, repositories, actor);
    const { audit, signIn } = repositories;
    const known = (await signIn.passkeys(actor.userId)).find(({ id }) => id === input.passkeyId);
    if (known === undefined) return;
    const { device } = known;
    await signIn.removePasskey(actor.userId, known.id);
    await audit.append(
      auditEntry(ports, actor, 'sign-in.passkey-removed', actor.userId, { device }),
    );
    await noteChange(ports, repositories, await repositories.organisation.get(), {
      userId: actor.userId,
      change: { kind: 'passkey-removed', device },
      told: provenChannels(await repositories.channels.ofUser(actor.userId)),
    });
  });
}

function tooMany(): Refusal {
  return new Refusal(
    'passkeys.too-many',
    `There are ${PASSKEYS_PER_USER} passkeys already. Remove one that you no longer use first.`,
  );
}
