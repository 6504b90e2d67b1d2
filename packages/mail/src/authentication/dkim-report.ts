import type { AuthenticationResult } from '@holdfast/domain';
import type { DKIMVerifyResult } from 'mailauth';
import { asResult } from './result-words.ts';
import { asciiDomain, comment, property } from './results-header.ts';

/** A message with more is an attack on the CPU: each signature costs a hash of the body and a key operation. */
export const MAX_DKIM_SIGNATURES = 10;

interface DkimFinding {
  readonly result: AuthenticationResult;
  readonly domain: string;
  readonly underSized: number;
  /** As it stands in `Authentication-Results`. */
  readonly method: string;
}

/** What a thread hands back, so plain data. */
export interface DkimReport {
  /** The addresses of From as the verifier saw them. */
  readonly authors: readonly string[];
  readonly findings: readonly DkimFinding[];
}

export function reportOf({ headerFrom, results }: DKIMVerifyResult): DkimReport {
  return {
    authors: headerFrom,
    findings: results
      .filter(({ signingDomain }) => signingDomain !== undefined)
      .map((entry) => {
        const result = asResult(entry.status.result);
        const domain = entry.signingDomain ?? '';
        return {
          result,
          domain,
          underSized: entry.status.underSized ?? 0,
          method: [
            `dkim=${result}`,
            comment(entry.status.comment ?? ''),
            property('header.d', asciiDomain(domain)),
            property('header.s', entry.selector ?? ''),
            property('header.a', entry.algo ?? ''),
            // RFC 6008 §4: enough of the signature to tell it from the others.
            property('header.b', (entry.signature ?? '').slice(0, 8)),
          ].join(''),
        };
      }),
  };
}

/** One good signature is enough (RFC 6376 §6.1); without one the most telling failure. */
export function bestDkim(results: readonly AuthenticationResult[]): AuthenticationResult {
  const order: readonly AuthenticationResult[] = [
    'pass',
    'temperror',
    'fail',
    'policy',
    'permerror',
    'neutral',
  ];
  return order.find((candidate) => results.includes(candidate)) ?? 'none';
}

/** Signatures that we decline to check (RFC 8601 §2.7.1 `policy`): they prove nothing, and nothing about them is open. */
export function refusedReport(
  authors: readonly string[],
  signatures: readonly string[],
): DkimReport {
  const findings = claimedDomains(signatures).map((domain): DkimFinding => {
    const method = `dkim=policy (not checked)${property('header.d', asciiDomain(domain))}`;
    return { result: 'policy', domain, underSized: 0, method };
  });
  return { authors, findings };
}

/** The domains that signatures claim, for when they cannot be checked in time. */
export function claimedDomains(signatures: readonly string[]): readonly string[] {
  return signatures.flatMap((value) => /(?:^|;)\s*d\s*=\s*([^\s;]+)/i.exec(value)?.[1] ?? []);
}
