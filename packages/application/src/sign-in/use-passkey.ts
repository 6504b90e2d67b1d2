import { clientNetwork } from '@holdfast/domain';
import { isAdmitted } from '../mailbox/user-access.ts';
import type { PasskeyJson } from '../ports/passkeys.ts';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { randomToken } from '../sessions/random-token.ts';
import { limitAttempts, type Visitor } from './login.ts';
import { openUserSession, type UserSession } from './open-user-session.ts';
import { makeChallenge, takeChallenge } from './passkey-challenge.ts';

/**
 * Asked for from one network within a quarter of an hour. Nobody guesses a passkey; this bounds what is written for
 * strangers.
 */
export const PASSKEY_REQUESTS_PER_CLIENT = 600;

/** What the browser needs to offer the passkeys it has. The same for everybody. Refuses: `session.too-many-attempts`. */
export async function requestPasskey(
  ports: Ports,
  input: { readonly ip: string },
): Promise<PasskeyJson> {
  await limitAttempts(ports, [
    { key: `passkey-client:${clientNetwork(input.ip)}`, most: PASSKEY_REQUESTS_PER_CLIENT },
  ]);
  return ports.passkeys.request({ challenge: await makeChallenge(ports, 'sign-in', null) });
}

/**
 * Signs in whoever the passkey belongs to; no login is needed. One sentence for every failure.
 * Refuses: `session.passkey-wrong`.
 */
export async function usePasskey(
  ports: Ports,
  input: { readonly answer: PasskeyJson } & Visitor,
): Promise<UserSession> {
  const { answer } = input;
  const challenge = await takeChallenge(ports, answer, 'sign-in', null);
  const credentialId = answer['id'];
  if (challenge === null || typeof credentialId !== 'string') throw passkeyWrong();
  const found = await ports.database.acrossOrganisations((system) =>
    system.passkeyByCredential(credentialId),
  );
  if (found === null) throw passkeyWrong();
  const { organisationId, passkey } = found;
  const signed = await ports.passkeys.verifySignIn(answer, challenge, passkey);
  if (signed === null) throw passkeyWrong();
  const token = randomToken(ports.identifiers);
  return ports.database.withinOrganisation(organisationId, async (repositories) => {
    const user = await repositories.directory.get(passkey.userId);
    if (user === null || !isAdmitted(user)) throw passkeyWrong();
    await repositories.signIn.passkeyUsed(passkey.id, signed.counter, ports.clock.now());
    return openUserSession(ports, repositories, {
      user,
      organisationId,
      token,
      method: 'passkey',
      visitor: input,
    });
  });
}

function passkeyWrong(): Refusal {
  return new Refusal(
    'session.passkey-wrong',
    'That passkey does not let you in here: it was removed, or belongs to another place. Use your password, or have a way in sent.',
  );
}
