import type { Request, Response } from 'express';

/** Reads and writes the one cookie of a site. */
export interface SessionCookie {
  readonly name: string;
  read(request: Request): string | null;
  start(response: Response, token: string, expiresAt: number): void;
  end(response: Response): void;
}

/**
 * Under https the name begins with `__Host-`, which browsers accept only when it is Secure, for this host alone and for
 * every path. Plain http is for one's own machine.
 */
export function createSessionCookie(options: {
  readonly site: 'admin' | 'portal';
  readonly https: boolean;
}): SessionCookie {
  const name = `${options.https ? '__Host-' : ''}holdfast-${options.site}`;
  const attributes = {
    httpOnly: true,
    secure: options.https,
    // The portal is opened from links in messages; the console is not.
    sameSite: options.site === 'admin' ? 'strict' : 'lax',
    path: '/',
  } as const;
  return {
    name,
    read: (request) => readCookie(request.headers.cookie, name),
    start(response, token, expiresAt) {
      response.cookie(name, token, { ...attributes, expires: new Date(expiresAt) });
    },
    end(response) {
      response.clearCookie(name, attributes);
    },
  };
}

/** Our tokens need no decoding. With two of the same name the first counts (RFC 6265 §5.4: the most specific path). */
function readCookie(header: string | undefined, name: string): string | null {
  for (const pair of (header ?? '').split(';')) {
    const [key, ...value] = pair.split('=');
    if (key?.trim() === name) return value.join('=').trim() || null;
  }
  return null;
}
