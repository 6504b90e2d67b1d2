import type { AuthenticationResult, SenderAuthentication } from '@holdfast/domain';
import { dmarc } from 'mailauth/lib/dmarc/index.js';
import { createAnswerCache, type Kept } from '../dns/answer-cache.ts';
import { ANSWER_LIFETIME, FAILURE_LIFETIME, type Resolve } from '../dns/caching-resolver.ts';
import type { Authors } from './header-from.ts';
import { asResult } from './result-words.ts';
import { asciiDomain, comment, property } from './results-header.ts';

/** A domain that SPF or a signature proved, or would have. */
export interface ProvedDomain {
  readonly domain: string;
  /** Bytes of the body that the signature leaves out (`l=`). */
  readonly underSized?: number;
}

export interface DmarcFinding {
  readonly result: AuthenticationResult;
  readonly policy: SenderAuthentication['dmarcPolicy'];
  /** As it stands in `Authentication-Results`. */
  readonly method: string;
}

export interface DmarcEvidence {
  readonly authors: Pick<Authors, 'addresses' | 'fields'>;
  readonly spf: string | null;
  readonly dkim: readonly ProvedDomain[];
}

export interface DmarcCheck {
  peek(evidence: DmarcEvidence): DmarcFinding | undefined;
  check(evidence: DmarcEvidence): Promise<DmarcFinding>;
}

/** Findings, one for each author domain and what was proved, of the last minute. */
const CAPACITY = 20_000;
/** An address whose domain is plainly what follows its only `@`. */
const PLAIN_ADDRESS = /^[\w.+=/-]+@([a-z\d.-]+)$/i;

/** DMARC (RFC 9989) by mailauth, remembered for each author domain and what SPF and DKIM proved. */
export function createDmarcCheck(resolve: Resolve, now: () => number = Date.now): DmarcCheck {
  const cache = createAnswerCache<DmarcFinding>({ capacity: CAPACITY, now });

  async function evaluate(evidence: DmarcEvidence): Promise<Kept<DmarcFinding>> {
    const found = await dmarc({
      headerFrom: [...evidence.authors.addresses],
      fromFields: evidence.authors.fields,
      spfDomains: evidence.spf === null ? [] : [evidence.spf],
      dkimDomains: evidence.dkim.map((proved) => ({ ...proved })),
      resolver: resolve,
    });
    // Without exactly one author domain there is nothing to evaluate (RFC 9989 §5.3.1).
    const result = found === false ? 'none' : asResult(found.status.result);
    const policy = found === false ? null : asPolicy(found.policy);
    const author = found === false ? '' : asciiDomain(String(found.status.header?.from ?? ''));
    const method = [
      `dmarc=${result}`,
      found === false ? comment('no single author domain') : '',
      property('header.from', author),
      property('policy.dmarc', policy ?? ''),
    ].join('');
    return {
      value: { result, policy, method },
      lifetime: result === 'temperror' ? FAILURE_LIFETIME : ANSWER_LIFETIME,
    };
  }

  return {
    peek(evidence) {
      const key = keyOf(evidence);
      return key === null ? undefined : cache.peek(key);
    },
    async check(evidence) {
      const key = keyOf(evidence);
      return key === null
        ? (await evaluate(evidence)).value
        : await cache.obtain(key, () => evaluate(evidence));
    },
  };
}

/** Null when it is not worth remembering: everything but the ordinary From field. */
function keyOf({ authors, spf, dkim }: DmarcEvidence): string | null {
  const [author] = authors.addresses;
  if (author === undefined || authors.addresses.length !== 1 || authors.fields !== 1) return null;
  const [, domain] = PLAIN_ADDRESS.exec(author) ?? [];
  if (domain === undefined) return null;
  const proved = dkim.map((entry) => ` ${entry.domain}/${entry.underSized ?? 0}`).join('');
  return `${domain.toLowerCase()} ${spf ?? ''}${proved.toLowerCase()}`;
}

function asPolicy(policy: string | undefined): SenderAuthentication['dmarcPolicy'] {
  return policy === 'none' || policy === 'quarantine' || policy === 'reject' ? policy : null;
}
