import type { CheckedSender } from '@holdfast/application';
import type { AuthenticationResult } from '@holdfast/domain';
import { bestDkim, claimedDomains, type DkimReport } from './dkim-report.ts';
import type { DmarcCheck, DmarcEvidence, DmarcFinding, ProvedDomain } from './dmarc-check.ts';
import type { Authors } from './header-from.ts';
import { resultsHeader } from './results-header.ts';
import { checkedDomain, type SenderFacts, type SpfFinding } from './spf-check.ts';

/** What the header says, and what was found out about it. */
export interface Evidence {
  readonly authors: Authors;
  /** Values of the DKIM-Signature fields. */
  readonly signatures: readonly string[];
  readonly spf: SpfFinding;
  /** Null: not found out. A message without signatures has an empty report. */
  readonly dkim: DkimReport | null;
}

const NOT_EVALUATED = 'temperror (not evaluated)';

/** Nothing could be found out. */
export function unjudged(authservId: string, headerFrom: string | null): CheckedSender {
  const methods = ['dkim', 'spf', 'dmarc'].map((method) => `${method}=${NOT_EVALUATED}`);
  return { authentication: null, resultsHeader: resultsHeader(authservId, methods), headerFrom };
}

export function spfNotEvaluated(facts: SenderFacts): SpfFinding {
  return { result: 'temperror', domain: checkedDomain(facts), method: `spf=${NOT_EVALUATED}` };
}

export function dmarcNotEvaluated(): DmarcFinding {
  return { result: 'temperror', policy: null, method: `dmarc=${NOT_EVALUATED}` };
}

/** What DMARC is to be asked, when what could not be found out counts for nothing. */
export function provedBy({ authors, spf, dkim }: Evidence): DmarcEvidence {
  return {
    authors: dkim === null || dkim.findings.length === 0 ? authors : seenBy(authors, dkim),
    spf: spf.result === 'pass' ? spf.domain : null,
    dkim: (dkim?.findings ?? []).filter(({ result }) => result === 'pass'),
  };
}

/**
 * DMARC by what was proved. A failure stands only when it would be one even if all that could not be found out had
 * passed: DNS trouble of the author's own domain rejects nothing, and a silent name server of a forger saves nothing.
 */
export async function decideDmarc(evidence: Evidence, dmarc: DmarcCheck): Promise<DmarcFinding> {
  const proved = provedBy(evidence);
  const finding = await dmarc.check(proved);
  if (finding.result !== 'fail') return finding;
  const { spf, dkim, signatures } = evidence;
  const open: readonly ProvedDomain[] =
    dkim === null
      ? claimedDomains(signatures).map((domain) => ({ domain }))
      : dkim.findings.filter(({ result }) => result === 'temperror');
  if (open.length === 0 && spf.result !== 'temperror') return finding;
  const best = await dmarc.check({
    authors: proved.authors,
    spf: spf.result === 'temperror' ? spf.domain : proved.spf,
    dkim: [...proved.dkim, ...open],
  });
  return best.result === 'fail' ? finding : dmarcNotEvaluated();
}

export function judge(
  authservId: string,
  { authors, spf, dkim }: Evidence,
  dmarc: DmarcFinding,
): CheckedSender {
  const signed: AuthenticationResult =
    dkim === null ? 'temperror' : bestDkim(dkim.findings.map(({ result }) => result));
  const methods =
    dkim === null ? [`dkim=${NOT_EVALUATED}`] : dkim.findings.map(({ method }) => method);
  if (methods.length === 0) methods.push('dkim=none');
  const decided = dmarc.result === 'pass' || dmarc.result === 'fail' || signed === 'pass';
  // Without DNS everything that was asked failed for the moment; that is no verdict.
  const known = dmarc.result !== 'temperror' && (decided || spf.result !== 'temperror');
  return {
    authentication: known
      ? { spf: spf.result, dkim: signed, dmarc: dmarc.result, dmarcPolicy: dmarc.policy }
      : null,
    resultsHeader: resultsHeader(authservId, [...methods, spf.method, dmarc.method]),
    headerFrom: agreedFrom(authors, dkim),
  };
}

function seenBy(authors: Authors, { authors: addresses }: DkimReport): DmarcEvidence['authors'] {
  return { addresses, fields: authors.fields };
}

/** Two parsers must see the same author: else a forged From could pass one and be listed by the other. */
function agreedFrom({ only }: Authors, dkim: DkimReport | null): string | null {
  if (dkim === null || dkim.findings.length === 0) return only;
  const [seen] = dkim.authors;
  return dkim.authors.length === 1 && seen?.toLowerCase() === only ? only : null;
}
