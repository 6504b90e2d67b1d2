import { createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';

/** RFC 8292 §2: a token must not be good for more than a day. Unit: seconds. */
const LONGEST_LIFE = 24 * 3_600;
const POINT_BYTES = 65;
const UNCOMPRESSED = 4;

const head = z.object({ alg: z.literal('ES256'), typ: z.literal('JWT') });
const claims = z.object({
  aud: z.string(),
  exp: z.number(),
  sub: z.string().regex(/^(?:mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/, 'must be mailto: or https:'),
});

/** Who a message comes from, as push services check it (RFC 8292 §4). Throws with what is wrong. */
export function readVapid(
  authorization: string | undefined,
  audience: string,
  now: number,
): { readonly contact: string; readonly key: string } {
  const given = /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), ?k=([\w-]+)$/.exec(authorization ?? '');
  if (given === null) throw new Error('Authorization must be "vapid t=…, k=…"');
  const [, first = '', second = '', signature = '', key = ''] = given;
  head.parse(json(first));
  const { aud, exp, sub } = claims.parse(json(second));
  if (aud !== audience) throw new Error(`aud must be ${audience}, not ${aud}`);
  const seconds = now / 1000;
  if (exp <= seconds) throw new Error('exp is over');
  if (exp > seconds + LONGEST_LIFE) throw new Error('exp is more than 24 hours away');
  const signed = verify(
    'sha256',
    Buffer.from(`${first}.${second}`),
    { key: publicKey(key), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  if (!signed) throw new Error('the signature does not fit the key');
  return { contact: sub, key };
}

function json(part: string): unknown {
  return JSON.parse(Buffer.from(part, 'base64url').toString());
}

function publicKey(text: string) {
  const point = Buffer.from(text, 'base64url');
  if (point.length !== POINT_BYTES || point[0] !== UNCOMPRESSED)
    throw new Error('k must be an uncompressed point of P-256');
  const half = (POINT_BYTES + 1) / 2;
  return createPublicKey({
    key: {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, half).toString('base64url'),
      y: point.subarray(half).toString('base64url'),
    },
    format: 'jwk',
  });
}
