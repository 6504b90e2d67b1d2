import { createPrivateKey, randomUUID, X509Certificate } from 'node:crypto';
import type { ApplicationProof } from '@holdfast/application';
import { SignJWT } from 'jose';

/** An assertion is used at once, so it need not outlive a slow network by much. Unit: seconds. */
const ASSERTION_LIFETIME = 300;
/** `nbf` lies this far back, for a server clock that is behind ours. Unit: seconds. */
const CLOCK_SKEW = 60;

/**
 * The JWT by which an application proves its certificate (RFC 7523; reference 1.1: PS256, `x5t#S256`, `aud` the token
 * endpoint, `iss` and `sub` the client).
 */
export async function signAssertion(
  proof: Extract<ApplicationProof, { readonly kind: 'certificate' }>,
  claims: { readonly clientId: string; readonly audience: string; readonly now: number },
): Promise<string> {
  const now = Math.floor(claims.now / 1000);
  return new SignJWT()
    .setProtectedHeader({
      alg: 'PS256',
      typ: 'JWT',
      'x5t#S256': thumbprint256(proof.certificate),
    })
    .setIssuer(claims.clientId)
    .setSubject(claims.clientId)
    .setAudience(claims.audience)
    .setJti(randomUUID())
    .setIssuedAt(now)
    .setNotBefore(now - CLOCK_SKEW)
    .setExpirationTime(now + ASSERTION_LIFETIME)
    .sign(createPrivateKey(proof.privateKey));
}

/** base64url of the SHA-256 of the certificate's DER form (RFC 7515 §4.1.8). */
function thumbprint256(certificate: string): string {
  const hex = new X509Certificate(certificate).fingerprint256.replaceAll(':', '');
  return Buffer.from(hex, 'hex').toString('base64url');
}
