import { decodeJwt } from 'jose';
import { z } from 'zod';

const claims = z.object({
  tid: z.string().nullish(),
  roles: z.array(z.string()).nullish(),
});

export interface TokenClaims {
  /** Lower-case; null when the token does not say. */
  readonly tenantId: string | null;
  /** Granted application permissions; the claim is left out when there are none (reference 1.1). */
  readonly roles: readonly string[];
}

/**
 * What a token says. It is not verified: it came from the token endpoint over TLS, for our credentials, and is used to tell
 * people what is granted. Whoever receives it decides by himself.
 */
export function readClaims(token: string): TokenClaims {
  const parsed = claims.safeParse(decode(token));
  return {
    tenantId: parsed.data?.tid?.toLowerCase() ?? null,
    roles: parsed.data?.roles ?? [],
  };
}

function decode(token: string): unknown {
  try {
    return decodeJwt(token);
  } catch {
    return null;
  }
}
