import type { Request, Response } from 'express';
import { readCookie } from './read-cookie.ts';

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
