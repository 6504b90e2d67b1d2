import type { MessageView } from '@holdfast/contracts';
import { domainOf } from '@holdfast/domain';

type Authentication = MessageView['authentication'];

interface MethodResult {
  readonly method: string;
  readonly result: string;
  /** Domain that the result is about, lower-case; null when the field names none. */
  readonly domain: string | null;
}

/**
 * What our own `Authentication-Results` says of the sender, in words. `results` is the field's value (RFC 8601 §2.2);
 * null when we wrote none, as for mail that never came in over SMTP.
 */
export function authenticationWords(facts: {
  readonly isOwn: boolean;
  readonly results: string | null;
  readonly from: string | null;
}): Authentication {
  if (facts.isOwn) return { level: 'unknown', words: '' };
  if (facts.results === null) return { level: 'unknown', words: 'The sender was not checked' };
  const results = readResults(facts.results);
  const author = facts.from === null ? null : domainOf(facts.from);
  const dmarc = results.find(({ method }) => method === 'dmarc')?.result ?? 'none';
  if (dmarc === 'pass') return verified();
  const name = author ?? 'its domain';
  if (dmarc === 'fail') {
    return { level: 'problem', words: `The sender failed the check of ${name}: it may be forged` };
  }
  // Without a DMARC policy a pass says something of the author only when it is about the author's own domain.
  const aligned = results.some(({ result, domain }) => result === 'pass' && isSame(domain, author));
  if (aligned) return verified();
  const spf = results.find(({ method }) => method === 'spf');
  if (spf?.result === 'fail' && !results.some(({ result }) => result === 'pass')) {
    return { level: 'problem', words: `The sender failed the check of ${spf.domain ?? name}` };
  }
  return { level: 'attention', words: 'The sender could not be verified' };
}

function verified(): Authentication {
  return { level: 'good', words: 'The sender was verified' };
}

/** Relaxed alignment without the public suffix list: the same domain, or one below the other. */
function isSame(domain: string | null, author: string | null): boolean {
  if (domain === null || author === null) return false;
  if (domain === author) return true;
  // A bare suffix such as `example` signs for nobody below it.
  const [longer, shorter] = domain.length > author.length ? [domain, author] : [author, domain];
  return shorter.includes('.') && longer.endsWith(`.${shorter}`);
}

function readResults(value: string): readonly MethodResult[] {
  return withoutComments(value)
    .split(';')
    .flatMap((part) => {
      const found = /^\s*(spf|dkim|dmarc)\s*=\s*([a-z]+)/i.exec(part);
      if (found === null) return [];
      const [, method = '', result = ''] = found;
      return [
        {
          method: method.toLowerCase(),
          result: result.toLowerCase(),
          domain: domainIn(part),
        },
      ];
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
