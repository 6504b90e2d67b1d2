import type { AuthenticationResult } from '@holdfast/domain';
import { spf } from 'mailauth/lib/spf/index.js';
import { isIP } from 'node:net';
import { createAnswerCache } from '../dns/answer-cache.ts';
import { ANSWER_LIFETIME, FAILURE_LIFETIME, type Resolve } from '../dns/caching-resolver.ts';
import { asResult } from './result-words.ts';
import { asciiDomain, property } from './results-header.ts';

export interface SenderFacts {
  readonly clientIp: string;
  readonly helo: string;
  /** Empty for the null sender. */
  readonly envelopeFrom: string;
}

export interface SpfFinding {
  readonly result: AuthenticationResult;
  /** What was checked: the domain of MAIL FROM, or of HELO for the null sender (RFC 7208 §2.4). */
  readonly domain: string;
  /** As it stands in `Authentication-Results`. */
  readonly method: string;
}

export interface SpfCheck {
  /** What is known already. */
  peek(facts: SenderFacts): SpfFinding | undefined;
  check(facts: SenderFacts): Promise<SpfFinding>;
}

/** Findings, one for each client and sender domain of the last minute. */
const CAPACITY = 20_000;
/** Macros that make the answer depend on more than address and domain (RFC 7208 §7.2): local part and HELO. */
const PERSONAL_MACRO = /%\{[slh]/i;

interface Evaluated {
  readonly finding: SpfFinding;
  /** It holds for this very sender only. */
  readonly personal: boolean;
}

/** SPF (RFC 7208) by mailauth, remembered for each client address and checked domain. */
export function createSpfCheck(resolve: Resolve, mta: string, now?: () => number): SpfCheck {
  const options = { capacity: CAPACITY, ...(now === undefined ? {} : { now }) };
  const shared = createAnswerCache<Evaluated>(options);
  const personal = createAnswerCache<Evaluated>(options);

  async function ask(facts: SenderFacts) {
    const value = await evaluate(facts, mta, resolve);
    const failed = value.finding.result === 'temperror';
    return { value, lifetime: failed ? FAILURE_LIFETIME : ANSWER_LIFETIME };
  }

  return {
    peek(facts) {
      const known = shared.peek(sharedKey(facts));
      const own = known?.personal === true ? personal.peek(personalKey(facts)) : known;
      return own?.finding;
    },
    async check(facts) {
      const known = await shared.obtain(sharedKey(facts), () => ask(facts));
      const own = known.personal
        ? await personal.obtain(personalKey(facts), () => ask(facts))
        : known;
      return own.finding;
    },
  };
}

/** The domain of MAIL FROM, or HELO for the null sender. */
export function checkedDomain({ helo, envelopeFrom }: SenderFacts): string {
  const sender = envelopeFrom === '' ? helo : envelopeFrom;
  return sender.slice(sender.lastIndexOf('@') + 1).toLowerCase();
}

async function evaluate(facts: SenderFacts, mta: string, resolve: Resolve): Promise<Evaluated> {
  const { clientIp, helo, envelopeFrom } = facts;
  let personal = false;
  const { status, domain } = await spf({
    sender: envelopeFrom,
    ip: clientIp,
    // An address literal is no domain, so that nothing is asked for it.
    helo: isIP(helo) === 0 ? helo : `[${helo}]`,
    mta,
    async resolver(name, type) {
      const records = await resolve(name, type);
      if (type === 'TXT' && PERSONAL_MACRO.test(String(records))) personal = true;
      return records;
    },
  });
  const result = asResult(status.result);
  // RFC 8601 §2.7.2: the identity that was checked, without the local part.
  const name = envelopeFrom === '' ? 'smtp.helo' : 'smtp.mailfrom';
  const method = `spf=${result}${property(name, asciiDomain(domain))}`;
  return { finding: { result, domain, method }, personal };
}

function sharedKey(facts: SenderFacts): string {
  return `${facts.clientIp} ${facts.envelopeFrom === '' ? 'helo' : 'from'} ${checkedDomain(facts)}`;
}

function personalKey({ clientIp, helo, envelopeFrom }: SenderFacts): string {
  return `${clientIp} ${helo} ${envelopeFrom}`;
}
