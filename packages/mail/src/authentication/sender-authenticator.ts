import type { CheckedSender, Inspection, Log, SenderAuthenticator } from '@holdfast/application';
import { createOutageWatch, type OutageWatch } from '../budget/outage-watch.ts';
import { withinBudget } from '../budget/within-budget.ts';
import { createCachingResolver } from '../dns/caching-resolver.ts';
import { createResolver, createSignOfLife } from '../dns/dns-lookup.ts';
import { describeError } from '../spool/file-system.ts';
import { MAX_DKIM_SIGNATURES, refusedReport, type DkimReport } from './dkim-report.ts';
import { createDkimVerifier, type DkimJob, type DkimVerifier } from './dkim-verifier.ts';
import { createDmarcCheck, type DmarcCheck } from './dmarc-check.ts';
import { createHeaderBlock } from './header-block.ts';
import { knownFields } from './header-fields.ts';
import { authorsOf, type Authors } from './header-from.ts';
import {
  decideDmarc,
  dmarcNotEvaluated,
  judge,
  provedBy,
  spfNotEvaluated,
  unjudged,
} from './judgement.ts';
import { createSpfCheck, type SenderFacts, type SpfCheck } from './spf-check.ts';

export interface SenderAuthenticatorOptions {
  /** Resolvers as `address` or `address:port`; empty: those of the host. */
  readonly resolver: { readonly servers: readonly string[] };
  /** Our name in `Authentication-Results` (RFC 8601 §2.5). */
  readonly authservId: string;
  /** Milliseconds that a message may wait for all of it; after that it goes on, unjudged where nothing is known. */
  readonly budgetMs: number;
  /** Milliseconds until resolvers that are gone are asked again. */
  readonly pauseMs?: number;
  readonly onOutage?: (gone: boolean) => void;
  readonly log?: Log;
}

export interface RunningAuthenticator extends SenderAuthenticator {
  close(): Promise<void>;
}

const PAUSE = 10_000;
/**
 * SPF and DKIM get this much of the budget, DMARC the rest; its record is fetched meanwhile. So a silent name server of
 * a forger's own does not keep the policy of the domain it forges from being applied.
 */
const SHARE_OF_PROOFS = 0.7;
/** Bytes; mailauth reads what it has of a line anew with each piece, and RFC 5322 §2.1.1 ends lines after 998. */
const MAX_LINE = 256 * 1024;
/** Of a header; mailauth joins folded lines one by one, which took 15 s of CPU for 60,000 of them. */
const MAX_HEADER_LINES = 4000;
const UNSIGNED: DkimReport = { authors: [], findings: [] };

interface Checks {
  readonly spf: SpfCheck;
  readonly dkim: DkimVerifier;
  readonly dmarc: DmarcCheck;
  readonly watch: OutageWatch;
  readonly authservId: string;
  readonly budgetMs: number;
  readonly log: Log | undefined;
}

interface KnownHeader {
  readonly authors: Authors;
  readonly signatures: readonly string[];
}

/** `refused`: signatures that we decline to check, whatever they are. */
type Signatures = DkimJob | 'refused' | null;

/**
 * Looks at messages as they pass: of each only the header is kept, body hashes are made on the way. What was found out
 * about a client and its domain holds for a minute, so that an ordinary message waits for nothing.
 */
export function createSenderAuthenticator(
  options: SenderAuthenticatorOptions,
): RunningAuthenticator {
  const { authservId, budgetMs, log } = options;
  const { servers } = options.resolver;
  // Asked twice within the budget.
  const timeoutMs = Math.ceil(budgetMs / 2);
  const watch = createOutageWatch({
    alive: createSignOfLife(servers),
    // Only resolvers that are silent altogether are gone: senders can make any number of questions fail.
    patience: Number.POSITIVE_INFINITY,
    pauseMs: options.pauseMs ?? PAUSE,
    ...(options.onOutage === undefined ? {} : { onChange: options.onOutage }),
  });
  const resolve = createCachingResolver({
    resolver: createResolver(servers, timeoutMs),
    onReply: (answered) => (answered ? watch.answered() : watch.overran()),
  });
  const dkim = createDkimVerifier({ servers, timeoutMs, ...(log === undefined ? {} : { log }) });
  const spf = createSpfCheck(resolve, authservId);
  const checks = { spf, dkim, dmarc: createDmarcCheck(resolve), watch, authservId, budgetMs, log };
  return {
    begin: (facts) => beginInspection(checks, facts),
    close: () => dkim.close(),
  };
}

function beginInspection(checks: Checks, facts: SenderFacts): Inspection<CheckedSender> {
  const block = createHeaderBlock();
  let header: KnownHeader | null = null;
  let job: Signatures = null;
  /** Bytes since the last line end. */
  let line = 0;
  /** Milliseconds that the sender was made to wait already. */
  let waited = 0;

  function readHeader(): KnownHeader {
    const { from, signatures } = knownFields(block.text());
    const verifiable = signatures.length > 0 && signatures.length <= MAX_DKIM_SIGNATURES;
    if (verifiable && isEndless()) job = 'refused';
    else if (verifiable && checks.watch.admits()) job = checks.dkim.begin();
    return { authors: authorsOf(from), signatures };
  }

  function isEndless(): boolean {
    return block.cut || block.text().split('\r\n', MAX_HEADER_LINES + 1).length > MAX_HEADER_LINES;
  }

  function giveUp(instead: 'refused' | null): void {
    if (job !== 'refused') job?.abandon();
    job = instead;
  }

  async function waitFor(room: Promise<void>): Promise<void> {
    const started = performance.now();
    try {
      await withinBudget(room, Math.max(checks.budgetMs - waited, 1), checks.watch);
    } catch {
      giveUp(null);
      checks.dkim.suspect();
    }
    waited += performance.now() - started;
  }

  function verify(chunk: Uint8Array): Promise<void> | void {
    if (job === null || job === 'refused') return undefined;
    const lastLineEnd = chunk.lastIndexOf(0x0a);
    line = chunk.length - 1 - lastLineEnd + (lastLineEnd === -1 ? line : 0);
    if (line > MAX_LINE) return giveUp('refused');
    const room = job.take(chunk);
    return room === undefined ? undefined : waitFor(room);
  }

  return {
    take(chunk) {
      if (header !== null) return verify(chunk);
      block.take(chunk);
      if (!block.complete) return undefined;
      header = readHeader();
      return verify(block.release());
    },
    finish() {
      const known = header ?? readHeader();
      if (header === null) void verify(block.release());
      return (
        judgeAtOnce(checks, facts, known) ??
        judgeInTime(checks, facts, known, job, Math.max(checks.budgetMs - waited, 1))
      );
    },
    abandon: () => giveUp(null),
  };
}

/** The ordinary unsigned message, about whose sender everything was found out lately. */
function judgeAtOnce(
  { spf, dmarc, authservId }: Checks,
  facts: SenderFacts,
  { authors, signatures }: KnownHeader,
): Promise<CheckedSender> | null {
  if (signatures.length > 0) return null;
  const found = spf.peek(facts);
  if (found === undefined || found.result === 'temperror') return null;
  const evidence = { authors, signatures, spf: found, dkim: UNSIGNED };
  const finding = dmarc.peek(provedBy(evidence));
  return finding === undefined ? null : Promise.resolve(judge(authservId, evidence, finding));
}

async function judgeInTime(
  checks: Checks,
  facts: SenderFacts,
  { authors, signatures }: KnownHeader,
  job: Signatures,
  budgetMs: number,
): Promise<CheckedSender> {
  const { authservId, watch, log } = checks;
  if (signatures.length > MAX_DKIM_SIGNATURES || !watch.admits()) {
    if (job !== 'refused') job?.abandon();
    return unjudged(authservId, authors.only);
  }
  const started = performance.now();
  try {
    // For its answers to be there when SPF and DKIM have run into their time.
    checks.dmarc.check({ authors, spf: null, dkim: [] }).catch(() => undefined);
    const proofs = budgetMs * SHARE_OF_PROOFS;
    const [spf, dkim] = await Promise.all([
      withinBudget(checks.spf.check(facts), proofs, watch).catch(() => spfNotEvaluated(facts)),
      signatures.length === 0
        ? UNSIGNED
        : job === 'refused'
          ? refusedReport(authors.addresses, signatures)
          : reportInTime(checks, job, proofs),
    ]);
    const evidence = { authors, signatures, spf, dkim };
    const left = Math.max(budgetMs - (performance.now() - started), 1);
    const finding = await withinBudget(decideDmarc(evidence, checks.dmarc), left, watch).catch(
      dmarcNotEvaluated,
    );
    return judge(authservId, evidence, finding);
  } catch (error) {
    log?.warn('Sender not authenticated', { error: describeError(error) });
    return unjudged(authservId, authors.only);
  }
}

/** Null when the signatures could not be checked. */
async function reportInTime(
  { dkim, watch, log }: Checks,
  job: DkimJob | null,
  budgetMs: number,
): Promise<DkimReport | null> {
  if (job === null) return null;
  try {
    return await withinBudget(job.finish(), budgetMs, watch);
  } catch (error) {
    job.abandon();
    dkim.suspect();
    log?.warn('Signatures not verified', { error: describeError(error) });
    return null;
  }
}
