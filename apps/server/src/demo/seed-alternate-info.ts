import { DAY } from '@holdfast/domain';
import type { DirectoryRecord, OrganisationRepositories, Ports } from '@holdfast/application';

/**
 * Alternate info for most, in every state that the users page shows: opened once, verified, given, asked. Values are
 * from ranges that reach nobody: +1 425 555 01xx and posteo.example.
 */
export async function seedAlternateInfo(ports: Ports, organisationId: string): Promise<void> {
  await ports.database.withinOrganisation(organisationId, async (repositories) => {
    const users = await repositories.directory.protectedUsers();
    for (const [position, user] of users.entries()) {
      await giveTo(ports, repositories, user, position);
    }
  });
}

/** Of ten users six are verified, two of them have opened it; one gave without verifying; the rest were asked. */
async function giveTo(
  ports: Ports,
  repositories: OrganisationRepositories,
  user: DirectoryRecord,
  position: number,
): Promise<void> {
  const now = ports.clock.now();
  const place = position % 10;
  // Those who have not answered were asked lately: no reminder is due when the demonstration begins.
  const askedAt = now - (place >= 6 ? 3 : 25) * DAY;
  if (place >= 7) {
    await repositories.directory.saveContactState(user.id, {
      alternateInfo: 'asked',
      lastAskedAt: askedAt,
    });
    return;
  }
  const verified = place < 6;
  const givenAt = now - (20 - place) * DAY;
  const phone = `+1425555${String(100 + position).padStart(4, '0')}`;
  const email = `${user.primaryAddress.split('@')[0] ?? 'user'}@posteo.example`;
  const common = { userId: user.id, challengeId: null, shared: false, weak: false };
  for (const [kind, value] of [
    ['sms', phone],
    ['email', email],
  ] as const) {
    await repositories.channels.save({
      ...common,
      kind,
      channel: verified
        ? { state: 'verified', value, givenAt, verifiedAt: givenAt }
        : { state: 'given', value, givenAt, challenge: null },
    });
  }
  await repositories.channels.savePreference(user.id, { preferred: 'sms' });
  const opened = place < 2;
  await repositories.directory.saveContactState(user.id, {
    alternateInfo: opened ? 'opened' : verified ? 'verified' : 'given',
    lastAskedAt: askedAt,
    ...(opened ? { openedAt: givenAt, lastSignInAt: givenAt } : {}),
  });
}
