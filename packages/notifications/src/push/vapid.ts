import { createPrivateKey, generateKeyPair, type JsonWebKey } from 'node:crypto';
import { promisify } from 'node:util';
import { SignJWT } from 'jose';

/** Below the day that RFC 8292 §2 allows, so that a clock that is off by hours does not matter. Unit: seconds. */
const LIFETIME = 12 * 3_600;

const makePair = promisify(generateKeyPair);

export interface VapidKeys {
  /** The uncompressed point, base64url (RFC 8292 §3.2). */
  readonly publicKey: string;
  /** A JWK, as text. */
  readonly privateKey: string;
}

export async function createVapidKeys(): Promise<VapidKeys> {
  const { privateKey } = await makePair('ec', { namedCurve: 'P-256' });
  const jwk = privateKey.export({ format: 'jwk' });
  const coordinate = (part: string | undefined) => Buffer.from(part ?? '', 'base64url');
  const point = Buffer.concat([Buffer.of(4), coordinate(jwk.x), coordinate(jwk.y)]);
  return { publicKey: point.toString('base64url'), privateKey: JSON.stringify(jwk) };
}

/** The value of `Authorization` (RFC 8292 §2 and §3): for this push service, and for some hours only. */
export async function vapidAuthorization(
  keys: VapidKeys,
  claims: { readonly origin: string; readonly contact: string; readonly now: number },
): Promise<string> {
  const now = Math.floor(claims.now / 1000);
  const jwk = JSON.parse(keys.privateKey) as JsonWebKey;
  const token = await new SignJWT()
    .setProtectedHeader({ alg: 'ES256', typ: 'JWT' })
    .setAudience(claims.origin)
    .setExpirationTime(now + LIFETIME)
    .setSubject(claims.contact)
    .sign(createPrivateKey({ key: jwk, format: 'jwk' }));
  return `vapid t=${token}, k=${keys.publicKey}`;
}
