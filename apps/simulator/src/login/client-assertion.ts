import { constants, verify } from 'node:crypto';
import { z } from 'zod';
import type { Application } from './applications.ts';
import type { LoginError } from './login-error.ts';

const BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
/** How far Entra ID lets clocks differ. Unit: seconds. */
const CLOCK_SKEW = 300;

const header = z.object({
  alg: z.enum(['PS256', 'RS256']),
  typ: z.literal('JWT').optional(),
  'x5t#S256': z.string(),
});
const claims = z.object({
  aud: z.string(),
  iss: z.string(),
  sub: z.string(),
  jti: z.string().min(1),
  nbf: z.number(),
  exp: z.number(),
});

/** Why a signed assertion does not prove the application; undefined when it does (RFC 7523 §3). */
export function refuseAssertion(
  form: Record<string, unknown>,
  application: Application,
  endpoint: string,
  nowMs: number,
): LoginError | undefined {
  const assertion = form['client_assertion'];
  if (form['client_assertion_type'] !== BEARER || typeof assertion !== 'string')
    return bad(50027, 'JWT token is invalid or malformed.');
  const [head = '', body = '', signature = ''] = assertion.split('.');
  const read = header.safeParse(parse(head));
  const said = claims.safeParse(parse(body));
  if (!read.success || !said.success) return bad(50027, 'JWT token is invalid or malformed.');
  const thumbprint = read.data['x5t#S256'];
  const certificate = application.certificates.get(thumbprint);
  if (certificate === undefined)
    return bad(
      700027,
      `The certificate with identifier used to sign the client assertion is not registered on application. [Reason - The key was not found., Thumbprint of key used by client: '${thumbprint}'].`,
    );
  const now = nowMs / 1000;
  if (certificate.validToDate.getTime() < nowMs)
    return bad(
      700027,
      'Client assertion contains an invalid signature. [Reason - The key used is expired.].',
    );
  const padding =
    read.data.alg === 'PS256'
      ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
      : { padding: constants.RSA_PKCS1_PADDING };
  const signed = verify(
    'sha256',
    Buffer.from(`${head}.${body}`),
    { key: certificate.publicKey, ...padding },
    Buffer.from(signature, 'base64url'),
  );
  if (!signed)
    return bad(
      700027,
      'Client assertion contains an invalid signature. [Reason - The key was found, but use of the key to verify the signature failed.].',
    );
  if (said.data.iss !== application.clientId || said.data.sub !== application.clientId)
    return bad(
      700021,
      'Client assertion application identifier doesn’t match ‘client_id’ parameter.',
    );
  if (said.data.aud !== endpoint)
    return bad(700023, 'Client assertion audience claim does not match Realm issuer.');
  if (said.data.exp < now - CLOCK_SKEW || said.data.nbf > now + CLOCK_SKEW)
    return bad(700024, 'Client assertion is not within its valid time range.');
  return undefined;
}

function bad(code: number, text: string): LoginError {
  return { status: 401, error: 'invalid_client', code, text };
}

function parse(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  } catch {
    return null;
  }
}
