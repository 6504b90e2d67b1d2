/** Why the words of a link do not say where it leads. */
export interface LinkDoubt {
  readonly reason: 'other-host' | 'look-alike' | 'hides-host';
  /** Where it leads, as browsers ask for it: letters of other scripts in their encoded form. */
  readonly leads: string;
  /** What its words name; null when they name nothing. */
  readonly says: string | null;
}

/** The whole text is an address of the web, with or without its scheme. */
const NAMED =
  /^(https?:\/\/)?(?:[^\s/@]+@)?((?:[\p{L}\p{N}\p{M}_-]+\.)+\p{L}{2,63})(?::\d+)?([/?#]\S*)?$/iu;
/** An address within a sentence: only with what makes it plainly one. */
const WITHIN = /\b(?:https?:\/\/|www\.)[^\s<>"'()]+[^\s<>"'().,;:!?]/iu;
/** `plan.pdf` is a file, unless more of an address stands around it. */
const FILE =
  /\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|txt|csv|rtf|zip|rar|7z|png|jpe?g|gif|webp|html?|ics|eml|msg|md|mp[34]|mov)$/i;
const MAIL = /^[\w.+'-]+@[\w-]+(?:\.[\w-]+)+$/;

export function isMailLink(href: string): boolean {
  return /^mailto:/i.test(href);
}

export function doubtOf(text: string, href: string): LinkDoubt | null {
  const words = asRead(text);
  if (isMailLink(href)) return doubtOfMail(words, href);
  if (!URL.canParse(href)) return null;
  const url = new URL(href);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  const leads = url.hostname;
  const says = namedHost(words);
  if (says !== null && !isSameHost(says, leads))
    return { reason: 'other-host', leads, says: shown(words) };
  if (url.username !== '' || url.password !== '')
    return { reason: 'hides-host', leads, says: url.username };
  if (leads.split('.').some((label) => label.startsWith('xn--')))
    return { reason: 'look-alike', leads, says };
  return null;
}

/** Characters that nobody sees: soft hyphens, joiners, direction marks, variation selectors. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;

/** As a person reads it: without what is not seen, and with every full stop and slash that looks like one as one. */
function asRead(text: string): string {
  return text
    .replace(UNSEEN, '')
    .normalize('NFKC')
    .replaceAll(/[\u3002\u0701\u0702\u2024\ua4f8]/g, '.')
    .replaceAll(/[\u2044\u2215\u29f8]/g, '/')
    .trim();
}

/** Host and path for a tooltip, the host first and unmistakable. */
export function describeLink(href: string): string {
  if (!URL.canParse(href)) return href;
  const url = new URL(href);
  if (url.protocol === 'mailto:' || url.protocol === 'tel:')
    return decodeURIComponentOr(url.pathname);
  const rest = `${url.pathname}${url.search}`;
  return `${url.host}${rest === '/' ? '' : rest}`.slice(0, 200);
}

function doubtOfMail(words: string, href: string): LinkDoubt | null {
  const to = decodeURIComponentOr(href.slice('mailto:'.length).split('?')[0] ?? '').toLowerCase();
  if (!MAIL.test(words) || words.toLowerCase() === to) return null;
  return { reason: 'other-host', leads: to, says: words };
}

/** In the form that browsers ask for; null when the words name no host. */
function namedHost(words: string): string | null {
  const found = NAMED.exec(words) ?? NAMED.exec(WITHIN.exec(words)?.[0] ?? '');
  if (found === null) return null;
  const [, scheme, host = '', path] = found;
  if (scheme === undefined && path === undefined && FILE.test(host)) return null;
  return URL.canParse(`https://${host}`) ? new URL(`https://${host}`).hostname : null;
}

/** The same, or one below the other: `example.com` and `www.example.com`. */
function isSameHost(a: string, b: string): boolean {
  return a === b || a.endsWith(`.${b}`) || b.endsWith(`.${a}`);
}

function shown(words: string): string {
  return words.length > 60 ? `${words.slice(0, 60)}…` : words;
}

function decodeURIComponentOr(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
