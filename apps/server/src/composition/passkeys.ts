import type { PasskeyJson, Passkeys } from '@holdfast/application';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';

/** Shown by browsers beside the login. */
const RELYING_PARTY = 'Emergency mailbox';
/** EdDSA, ES256, RS256 (IANA COSE): what phones, computers and security keys of today have. */
const ALGORITHMS = [-8, -7, -257] as const;
/** Unit: milliseconds; browsers may shorten it. */
const TIMEOUT = 300_000;

/** A tenth of all modules, which no command and no worker needs: loaded when somebody uses a passkey. */
const library = () => import('@simplewebauthn/server');

/**
 * Passkeys bound to the host name of the portal's public address. They are always discoverable and always verify the
 * person (a passkey is the only factor), so nobody has to type a login and no list of credentials is ever shown.
 */
export function createPasskeys(portalUrl: string): Passkeys {
  const { origin, hostname, protocol } = new URL(portalUrl);
  const expected = { expectedOrigin: origin, expectedRPID: hostname } as const;
  return {
    possible: isPossible(protocol, hostname),
    creation: async ({ challenge, userId, login, name, known }) => {
      const options = await (
        await library()
      ).generateRegistrationOptions({
        rpName: RELYING_PARTY,
        rpID: hostname,
        userID: new TextEncoder().encode(userId),
        userName: login,
        userDisplayName: name,
        challenge: bytesOf(challenge),
        timeout: TIMEOUT,
        attestationType: 'none',
        supportedAlgorithmIDs: [...ALGORITHMS],
        excludeCredentials: known.map(({ credentialId: id, transports }) => ({
          id,
          transports: [...transports],
        })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      });
      return { ...options };
    },
    request: async ({ challenge }) => {
      const options = await (
        await library()
      ).generateAuthenticationOptions({
        rpID: hostname,
        challenge: bytesOf(challenge),
        timeout: TIMEOUT,
        userVerification: 'required',
      });
      return { ...options };
    },
    challengeOf,
    verifyCreation: (answer, challenge) =>
      orNull(async () => {
        const verified = await (
          await library()
        ).verifyRegistrationResponse({
          // The library checks every field of what a browser sends.
          response: answer as unknown as RegistrationResponseJSON,
          expectedChallenge: challenge,
          ...expected,
          requireUserVerification: true,
          supportedAlgorithmIDs: [...ALGORITHMS],
        });
        if (!verified.verified) return null;
        const { id, publicKey, counter, transports = [] } = verified.registrationInfo.credential;
        return {
          credentialId: id,
          publicKey: Buffer.from(publicKey).toString('base64url'),
          counter,
          transports,
        };
      }),
    verifySignIn: (answer, challenge, passkey) =>
      orNull(async () => {
        const verified = await (
          await library()
        ).verifyAuthenticationResponse({
          response: answer as unknown as AuthenticationResponseJSON,
          expectedChallenge: challenge,
          ...expected,
          requireUserVerification: true,
          credential: {
            id: passkey.credentialId,
            publicKey: bytesOf(passkey.publicKey),
            counter: passkey.counter,
          },
        });
        return verified.verified ? { counter: verified.authenticationInfo.newCounter } : null;
      }),
  };
}

/** Browsers have passkeys in secure contexts only, and bound to a name: https, or one's own machine by its name. */
function isPossible(protocol: string, hostname: string): boolean {
  if (hostname === 'localhost') return true;
  const isAddress = /^[\d.]+$/.test(hostname) || hostname.startsWith('[');
  return protocol === 'https:' && !isAddress;
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(base64url, 'base64url'));
}

function challengeOf(answer: PasskeyJson): string | null {
  try {
    const { response } = answer;
    if (typeof response !== 'object' || response === null || !('clientDataJSON' in response))
      return null;
    const data: unknown = JSON.parse(
      Buffer.from(String(response.clientDataJSON), 'base64url').toString('utf8'),
    );
    if (typeof data !== 'object' || data === null || !('challenge' in data)) return null;
    return typeof data.challenge === 'string' ? data.challenge : null;
  } catch {
    return null;
  }
}

/** The library throws for whatever does not fit; to us that is one answer. */
async function orNull<T>(work: () => Promise<T | null>): Promise<T | null> {
  try {
    return await work();
  } catch {
    return null;
  }
}
