import { domainOf } from '../domains/address.ts';

export interface MethodResult {
  readonly method: 'spf' | 'dkim' | 'dmarc';
  /** As RFC 8601 §2.7 names it: `pass`, `fail`, `softfail`, `none`, … */
  readonly result: string;
  /** Domain that the result is about, lower-case; null when the field names none. */
  readonly domain: string | null;
}

/** What our own check says of the author in From. */
export interface SenderProof {
  readonly verdict: 'verified' | 'failed' | 'unproved' | 'unchecked';
  /** Whose check it failed; null when it did not fail. */
  readonly failed: string | null;
  readonly methods: readonly MethodResult[];
}

/**
 * `results` is the value of our own `Authentication-Results` (RFC 8601 §2.2); null when we wrote none, as for mail that
 * never came in over SMTP.
 */
export function proveSender(facts: {
  readonly results: string | null;
  readonly from: string | null;
}): SenderProof {
  if (facts.results === null) return { verdict: 'unchecked', failed: null, methods: [] };
  const methods = readResults(facts.results);
  const author = facts.from === null ? null : domainOf(facts.from);
  const said = (verdict: SenderProof['verdict'], failed: string | null = null): SenderProof => ({
    verdict,
    failed,
    methods,
  });
  const dmarc = methods.find(({ method }) => method === 'dmarc')?.result ?? 'none';
  if (dmarc === 'pass') return said('verified');
  const name = author ?? 'its domain';
  if (dmarc === 'fail') return said('failed', name);
  // Without a DMARC policy a pass says something of the author only when it is about the author's own domain.
  if (methods.some(({ result, domain }) => result === 'pass' && isSame(domain, author)))
    return said('verified');
  const spf = methods.find(({ method }) => method === 'spf');
  if (spf?.result === 'fail' && !methods.some(({ result }) => result === 'pass'))
    return said('failed', spf.domain ?? name);
  return said('unproved');
}

/** Relaxed alignment without the public suffix list: the same domain, or one below the other. */
function isSame(domain: string | null, author: string | null): boolean {
  if (domain === null || author === null) return false;
  if (domain === author) return true;
  // A bare suffix such as `example` signs for nobody below it.
  const [longer, shorter] = domain.length > author.length ? [domain, author] : [author, domain];
  return shorter.includes('.') && longer.endsWith(`.${shorter}`);
}

const METHODS = ['spf', 'dkim', 'dmarc'] as const;

function readResults(value: string): readonly MethodResult[] {
  return withoutComments(value)
    .split(';')
    .flatMap((part) => {
      const found = /^\s*([a-z]+)\s*=\s*([a-z]+)/i.exec(part);
      const method = METHODS.find((each) => each === found?.[1]?.toLowerCase());
      if (found === null || method === undefined) return [];
      return [{ method, result: (found[2] ?? '').toLowerCase(), domain: domainIn(part) }];
    });
}

function domainIn(part: string): string | null {
  const found = /\b(?:smtp\.mailfrom|header\.d|header\.i|header\.from)\s*=\s*(\S+)/i.exec(part);
  const value = found?.[1]?.replaceAll('"', '').toLowerCase();
  if (value === undefined) return null;
  return value.slice(value.lastIndexOf('@') + 1) || null;
}

/** Comments (nested, RFC 5322 §3.2.2) and quoted strings hold what strangers wrote: a `;` or `dmarc=pass` in them counts for nothing. */
function withoutComments(value: string): string {
  let kept = '';
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < value.length; index += 1) {
    const character = value[index] ?? '';
    if (character === '\\') index += 1;
    else if (quoted) quoted = character !== '"';
    else if (character === '(') depth += 1;
    else if (character === ')') depth = Math.max(0, depth - 1);
    else if (depth > 0) continue;
    else if (character === '"') quoted = true;
    else kept += character;
  }
  return kept;
}
