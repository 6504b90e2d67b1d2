import type { RequestHandler } from 'express';

/** The console runs nothing but its own files. */
export const ADMIN_CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/**
 * The frame that shows a message inherits this policy (it is a srcdoc document), so what mail needs must be allowed
 * here: inline styles, and pictures over https once the reader asked for them. The frame's own policy and its sandbox
 * narrow it again.
 */
export const PORTAL_CSP =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob: https:; font-src 'self'; connect-src 'self'; manifest-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** One year. Unit: seconds. */
const HSTS_MAX_AGE = 31_536_000;
const PERMISSIONS_POLICY = 'camera=(), geolocation=(), microphone=(), payment=(), usb=()';

/** Headers of every answer of a site; a route may set a stricter policy of its own. */
export function securityHeaders(options: {
  readonly policy: string;
  readonly https: boolean;
}): RequestHandler {
  return (_request, response, next) => {
    response.set({
      'Content-Security-Policy': options.policy,
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      'Referrer-Policy': 'no-referrer',
      'Permissions-Policy': PERMISSIONS_POLICY,
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
    });
    if (options.https) response.set('Strict-Transport-Security', `max-age=${HSTS_MAX_AGE}`);
    next();
  };
}
