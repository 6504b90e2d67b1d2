/** What a filter advises; `none` when it found nothing. */
export type ContentAction = 'none' | 'tag' | 'junk' | 'quarantine' | 'reject';

/** What one content filter said of one message. */
export type ContentFinding =
  | {
      readonly filter: 'spam' | 'virus';
      readonly action: ContentAction;
      /** Null where the filter gives none. */
      readonly score: number | null;
      /** Names of rules or of the virus, as the filter has them. */
      readonly reasons: readonly string[];
    }
  | {
      readonly filter: 'spam' | 'virus';
      /** Why there is no answer: never clean, and never a reason to refuse. */
      readonly failed: string;
    };

/** `spam score 15.2 (GTUBE)`, `virus (Eicar-Signature)`, `spam unavailable (took too long)`; null for nothing to say. */
export function contentWords(finding: ContentFinding): string | null {
  if ('failed' in finding) return `${finding.filter} unavailable (${finding.failed})`;
  if (finding.score === null && finding.reasons.length === 0) return null;
  const score = finding.score === null ? '' : ` score ${finding.score}`;
  const reasons = finding.reasons.length === 0 ? '' : ` (${finding.reasons.join(', ')})`;
  return `${finding.filter}${score}${reasons}`;
}
