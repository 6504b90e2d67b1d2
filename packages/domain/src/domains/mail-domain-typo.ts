/** Where private mail is usually kept; more of a domain's own typos would only raise wrong questions. */
const COMMON = [
  'gmail.com',
  'googlemail.com',
  'outlook.com',
  'hotmail.com',
  'hotmail.co.uk',
  'live.com',
  'msn.com',
  'yahoo.com',
  'yahoo.co.uk',
  'yahoo.de',
  'yahoo.fr',
  'icloud.com',
  'me.com',
  'aol.com',
  'proton.me',
  'protonmail.com',
  'gmx.de',
  'gmx.net',
  'gmx.at',
  'gmx.ch',
  'web.de',
  't-online.de',
  'freenet.de',
  'posteo.de',
  'mailbox.org',
  'bluewin.ch',
  'orange.fr',
  'wanadoo.fr',
  'free.fr',
  'laposte.net',
  'libero.it',
  'virgilio.it',
  'btinternet.com',
  'comcast.net',
  'verizon.net',
  'att.net',
  'fastmail.com',
  'zoho.com',
] as const;

/** Real services one letter away from another. */
const REAL: ReadonlySet<string> = new Set([
  ...COMMON,
  'gmx.com',
  'mail.com',
  'email.com',
  'ymail.com',
  'aon.at',
  'a1.net',
  'live.de',
  'live.fr',
  'hotmail.de',
  'hotmail.fr',
  'outlook.de',
  'outlook.fr',
  'yahoo.it',
  'yahoo.es',
  'hey.com',
  'pm.me',
]);

/** Shortest domain that is compared: of shorter ones everything is near everything. Unit: characters. */
const SHORTEST = 6;

/** `gamil.com` → `gmail.com`; null when nothing near is known. One slip: a letter more, less, another, or two swapped. */
export function likelyMailDomain(domain: string): string | null {
  if (REAL.has(domain) || domain.length < SHORTEST) return null;
  return COMMON.find((known) => known.length >= SHORTEST && isOneSlipAway(domain, known)) ?? null;
}

function isOneSlipAway(typed: string, known: string): boolean {
  if (Math.abs(typed.length - known.length) > 1) return false;
  let start = 0;
  while (start < typed.length && typed[start] === known[start]) start += 1;
  const [rest, wanted] = [typed.slice(start), known.slice(start)];
  return (
    rest.slice(1) === wanted.slice(1) ||
    rest.slice(1) === wanted ||
    rest === wanted.slice(1) ||
    (rest.length === wanted.length &&
      rest[0] === wanted[1] &&
      rest[1] === wanted[0] &&
      rest.slice(2) === wanted.slice(2))
  );
}
