/** Longest endpoint that is taken. Those of today's push services have 150 to 600. Unit: characters. */
export const MAX_ENDPOINT_LENGTH = 2_048;
/** Devices of one user that are told; of more the newest are. Nobody makes us call on more strangers than that. */
export const MAX_PUSH_DEVICES = 10;

/**
 * https, a host name of two labels or more whose last begins with a letter (so no address in any notation), no user, no
 * port but 443, and a path of visible ASCII. Stricter than what a URL parser takes, so that all of them read it alike.
 */
const ENDPOINT =
  /^https:\/\/((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?)(?::443)?\/[!-[\]-~]*$/i;

/**
 * Where a device wants its push messages: named by the device, so by anybody. Null: nothing we would connect to. What
 * the name stands for is looked at again with each connection (`isPublicAddress`), since DNS changes its mind.
 * `trusted` is the origin of a push service of the operator's own, taken as it is.
 */
export function readPushEndpoint(
  text: string,
  trusted: string | null,
): { readonly endpoint: string; readonly origin: string; readonly isTrusted: boolean } | null {
  if (text.length > MAX_ENDPOINT_LENGTH) return null;
  if (trusted !== null && text.startsWith(`${trusted}/`) && /^[!-[\]-~]*$/.test(text))
    return { endpoint: text, origin: trusted, isTrusted: true };
  const host = ENDPOINT.exec(text)?.[1];
  if (host === undefined) return null;
  return { endpoint: text, origin: `https://${host.toLowerCase()}`, isTrusted: false };
}
