import { MINUTE } from '@holdfast/domain';
import type { Ports } from '../ports.ts';
import type { PasskeyJson } from '../ports/passkeys.ts';
import type { PasskeyChallengeRecord } from '../records/sign-in.ts';

/** Long enough to fetch a key from a drawer. */
const CHALLENGE_VALID_FOR = 5 * MINUTE;

/** A new challenge, base64url, remembered by its hash until it is answered or runs out. */
export async function makeChallenge(
  ports: Ports,
  purpose: PasskeyChallengeRecord['purpose'],
  userId: string | null,
): Promise<string> {
  // A SHA-256 of random bytes: as random, and base64url already.
  const challenge = ports.secrets.hashToken(ports.identifiers.bytes(32).join(','));
  const now = ports.clock.now();
  await ports.database.acrossOrganisations((system) =>
    system.savePasskeyChallenge(
      {
        challengeHash: ports.secrets.hashToken(challenge),
        purpose,
        userId,
        expiresAt: now + CHALLENGE_VALID_FOR,
      },
      now,
    ),
  );
  return challenge;
}

/** The challenge that this answer answers, used up; null when we never gave it for this, or too long ago. */
export async function takeChallenge(
  ports: Ports,
  answer: PasskeyJson,
  purpose: PasskeyChallengeRecord['purpose'],
  userId: string | null,
): Promise<string | null> {
  const challenge = ports.passkeys.challengeOf(answer);
  if (challenge === null) return null;
  const taken = await ports.database.acrossOrganisations((system) =>
    system.takePasskeyChallenge(ports.secrets.hashToken(challenge)),
  );
  const fits =
    taken !== null &&
    taken.purpose === purpose &&
    taken.userId === userId &&
    taken.expiresAt > ports.clock.now();
  return fits ? challenge : null;
}
