import type { Ports } from '../ports.ts';
import { randomToken } from '../sessions/random-token.ts';
import { limitAttempts, readLogin } from './login.ts';
import { wayInLimits } from './sign-in-limits.ts';

/**
 * "Send me a way in", and "Send me another". What happens here is the same whoever the login belongs to, so that neither
 * words nor time tell whether it exists: the worker finds out, and sends a link and a code to verified channels only.
 * The ticket stays in the browser that asked; a code works there alone. Refuses: `session.too-many-attempts`.
 */
export async function requestWayIn(
  ports: Ports,
  input: { readonly login: string; readonly ip: string },
): Promise<{ readonly ticket: string }> {
  const login = readLogin(input.login);
  await limitAttempts(ports, wayInLimits(login, input.ip));
  const ticket = randomToken(ports.identifiers);
  const requestId = ports.identifiers.uuid();
  await ports.database.acrossOrganisations(({ jobs }) =>
    jobs.send({
      name: 'portal.way-in',
      payload: {
        login,
        requestId,
        ticketHash: ports.secrets.hashToken(ticket),
        askedAt: ports.clock.now(),
      },
      id: `portal.way-in:${requestId}`,
      startAfter: null,
    }),
  );
  return { ticket };
}
