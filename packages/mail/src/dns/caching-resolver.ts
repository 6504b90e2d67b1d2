import type { Resolver } from 'node:dns/promises';
import { describeError, errorCode } from '../spool/file-system.ts';
import { createAnswerCache } from './answer-cache.ts';
import { isSilence } from './dns-lookup.ts';

/** Node's resolver hands out no TTL of TXT records, so each kind of answer has a short life of its own. Milliseconds. */
export const ANSWER_LIFETIME = 60_000;
export const ABSENCE_LIFETIME = 30_000;
export const FAILURE_LIFETIME = 5_000;
/** Answers; a DKIM key takes about 1 KiB. */
const CAPACITY = 20_000;
/** The name or the record does not exist; everything else proves nothing. */
const ABSENT = new Set(['ENOTFOUND', 'ENODATA', 'EBADNAME']);

/** As mailauth asks; its type knows TXT and addresses only, MX and PTR answers go through as Node gives them. */
export type Resolve = (domain: string, type: string) => Promise<string[]>;

export interface CachingResolverOptions {
  readonly resolver: Pick<Resolver, 'resolve'>;
  /** Told after each question that went out whether anybody answered, be it with an error. */
  readonly onReply?: (answered: boolean) => void;
  readonly now?: () => number;
}

type Answer =
  | { readonly ok: true; readonly records: readonly string[] }
  | { readonly ok: false; readonly code: string; readonly message: string };

export function createCachingResolver({ resolver, onReply, now }: CachingResolverOptions): Resolve {
  const cache = createAnswerCache<Answer>({
    capacity: CAPACITY,
    ...(now === undefined ? {} : { now }),
  });

  async function ask(domain: string, type: string) {
    try {
      const records = (await resolver.resolve(domain, type)) as string[];
      onReply?.(true);
      return { value: { ok: true, records } as const, lifetime: ANSWER_LIFETIME };
    } catch (error) {
      const code = errorCode(error) ?? 'unknown';
      onReply?.(!isSilence(code));
      return {
        value: { ok: false, code, message: describeError(error) } as const,
        lifetime: ABSENT.has(code) ? ABSENCE_LIFETIME : FAILURE_LIFETIME,
      };
    }
  }

  return async (domain, type) => {
    const answer = await cache.obtain(`${type} ${domain.toLowerCase()}`, () => ask(domain, type));
    // Copies, since mailauth sorts lists in place and writes on errors.
    if (answer.ok) return [...answer.records];
    throw Object.assign(new Error(answer.message), { code: answer.code });
  };
}
