import type { Request, RequestHandler } from 'express';

/** What Entra ID sends a browser back with (reference 1.2), and how long each may be. Unit: characters. */
const LONGEST = {
  state: 200,
  tenant: 255,
  admin_consent: 10,
  error: 200,
  error_description: 4000,
} as const;

/**
 * Where Entra ID sends an administrator after consenting or declining. Browsers send no strict cookie along with an address
 * that another site has named, so who it is cannot be told here, and a GET changes nothing anyway: the console's own page
 * takes over, which hands the answer in. Behind the `#`, so that no proxy logs the state.
 */
export const consentRoute: RequestHandler = (request, response) => {
  const known = new URLSearchParams();
  for (const [name, longest] of Object.entries(LONGEST)) {
    const value = single(request, name);
    if (value !== null) known.set(name, value.slice(0, longest));
  }
  response
    .set('Cache-Control', 'no-store')
    .redirect(303, `/connection/consent#${known.toString()}`);
};

/** Twice the same parameter is none: nobody can say which one counts. */
function single(request: Request, name: string): string | null {
  const value = request.query[name];
  return typeof value === 'string' && value !== '' ? value : null;
}
