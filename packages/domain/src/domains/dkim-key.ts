/**
 * How the published record of one of our signing keys (RFC 6376 §3.6.1) stands in DNS. `drifted` was right once: a
 * signature made meanwhile fails, so it is told apart from a record that was never entered.
 */
export type DkimState = 'unchecked' | 'missing' | 'wrong' | 'correct' | 'drifted';

const SELECTOR_PREFIX = 'holdfast';

/** `holdfast1`, then `holdfast2` and so on: a selector is never used for two keys, since resolvers cache its record. */
export function nextSelector(used: readonly string[]): string {
  const numbers = used.map((selector) => Number(/^holdfast(\d{1,6})$/.exec(selector)?.[1] ?? 0));
  return `${SELECTOR_PREFIX}${Math.max(0, ...numbers) + 1}`;
}

export function dkimRecordName(selector: string, domain: string): string {
  return `${selector}._domainkey.${domain}`;
}

/** `publicKey`: SubjectPublicKeyInfo in base64. */
export function dkimRecordValue(publicKey: string): string {
  return `v=DKIM1; k=rsa; p=${publicKey}`;
}

/** Longest character string in a TXT record (RFC 1035 §3.3). Unit: octets. */
const TXT_STRING = 255;

/** The value as quoted strings, for providers that do not split a long one themselves. */
export function txtStrings(value: string): readonly string[] {
  return value.match(new RegExp(`.{1,${TXT_STRING}}`, 'gs')) ?? [''];
}

/** `texts`: the TXT records found at the name, strings joined; empty when there is none. */
export function decideDkimState(
  before: DkimState,
  publicKey: string,
  texts: readonly string[],
): DkimState {
  const published = texts.map(readTags).filter((tags) => tags.has('p'));
  const [only, ...more] = published;
  // Two key records at one name: a verifier may take either (RFC 6376 §3.6.2.2).
  if (only !== undefined && more.length === 0 && isOurs(only, publicKey)) return 'correct';
  if (before === 'correct' || before === 'drifted') return 'drifted';
  return texts.length === 0 ? 'missing' : 'wrong';
}

function isOurs(tags: ReadonlyMap<string, string>, publicKey: string): boolean {
  const version = tags.get('v');
  return (
    (version === undefined || version === 'DKIM1') &&
    (tags.get('k') ?? 'rsa') === 'rsa' &&
    allows(tags.get('h'), 'sha256') &&
    (allows(tags.get('s'), 'email') || allows(tags.get('s'), '*')) &&
    // Test mode: a verifier must treat such mail as unsigned.
    !(tags.get('t') ?? '').split(':').includes('y') &&
    tags.get('p') === publicKey
  );
}

/** An absent list allows everything. */
function allows(list: string | undefined, value: string): boolean {
  return list === undefined || list.split(':').includes(value);
}

/** Tag lists of RFC 6376 §3.2. White space has no meaning in the tags that are looked at here. */
export function readTags(text: string): ReadonlyMap<string, string> {
  const tags = new Map<string, string>();
  for (const part of text.split(';')) {
    const equals = part.indexOf('=');
    if (equals === -1) continue;
    tags.set(
      part.slice(0, equals).trim().toLowerCase(),
      part.slice(equals + 1).replace(/\s+/g, ''),
    );
  }
  return tags;
}
