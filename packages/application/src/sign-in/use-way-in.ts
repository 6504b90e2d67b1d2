import { decideSignInCode, type SignInProof } from '@holdfast/domain';
import { isAdmitted } from '../mailbox/user-access.ts';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { forgiveAttempts } from '../sessions/attempt-limits.ts';
import { randomToken } from '../sessions/random-token.ts';
import { limitAttempts, readLogin, type Visitor } from './login.ts';
import { openUserSession, type UserSession } from './open-user-session.ts';
import { sentWayLimits } from './sign-in-limits.ts';
import { wayInCodeMac } from './way-in-secrets.ts';

/** What came with the message: the code, with the ticket of the browser that asked for it; or the link. */
export type WayIn =
  | { readonly kind: 'code'; readonly code: string; readonly ticket: string }
  | { readonly kind: 'link'; readonly link: string };

/**
 * Signs in with what was sent to a verified channel, once. The login is asked for in both cases: a code on a shared
 * number, a forwarded link or a scanner that presses every button does not get in with the message alone.
 * Refuses: `session.too-many-attempts`, `session.way-in-wrong`.
 */
export async function useWayIn(
  ports: Ports,
  input: { readonly login: string; readonly way: WayIn } & Visitor,
): Promise<UserSession> {
  const login = readLogin(input.login);
  const limits = sentWayLimits(login, input.ip);
  await limitAttempts(ports, limits);
  const found = await ports.database.acrossOrganisations((system) =>
    system.protectedUserByAddress(login),
  );
  if (found === null) throw wayInWrong();
  const { organisationId, userId } = found;
  const token = randomToken(ports.identifiers);
  // A wrong guess is counted although it is refused, so the refusal comes after the transaction.
  const session = await ports.database.withinOrganisation(organisationId, async (repositories) => {
    const user = await repositories.directory.get(userId);
    if (user === null || !isAdmitted(user)) return null;
    const now = ports.clock.now();
    const codes = await repositories.signIn.lockCodes(userId, now);
    const decision = decideSignInCode(codes, proofOf(ports, userId, input.way), now);
    if (!decision.ok) {
      if (decision.counted !== null) await repositories.signIn.saveCode(decision.counted);
      return null;
    }
    await repositories.signIn.saveCode(decision.code);
    return openUserSession(ports, repositories, {
      user,
      organisationId,
      token,
      method: 'way-in',
      visitor: input,
    });
  });
  if (session === null) throw wayInWrong();
  await forgiveAttempts(ports, limits);
  return session;
}

function proofOf(ports: Ports, userId: string, way: WayIn): SignInProof {
  const { secrets } = ports;
  switch (way.kind) {
    case 'code':
      return {
        kind: 'code',
        codeMac: wayInCodeMac(ports, userId, way.code),
        ticketHash: secrets.hashToken(way.ticket),
      };
    case 'link':
      return { kind: 'link', linkHash: secrets.hashToken(way.link) };
  }
}

/** One sentence for used, expired, mistyped, and for a login that is not known. */
function wayInWrong(): Refusal {
  return new Refusal(
    'session.way-in-wrong',
    'That does not let you in: it was used already, is older than 15 minutes, or does not belong to this login. Ask for another.',
  );
}
