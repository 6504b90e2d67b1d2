import type { SpoolOrigin } from '@holdfast/application';
import type { MessageView } from '@holdfast/contracts';
import type { MethodResult, SenderProof } from '@holdfast/domain';

type Authentication = MessageView['authentication'];

/** What our own check of the sender came to, in words. */
export function authenticationWords(
  proof: SenderProof,
  origin: SpoolOrigin | 'own',
): Authentication {
  if (origin === 'own') return { level: 'unknown', words: '', checks: [] };
  if (origin === 'submission' || origin === 'drill') {
    const words = 'Written in an emergency mailbox of your organisation';
    return { level: 'good', words, checks: [] };
  }
  const checks = proof.methods.map(methodWords);
  switch (proof.verdict) {
    case 'verified':
      return { level: 'good', words: 'The sender was verified', checks };
    case 'failed': {
      const byDmarc = proof.methods.some(
        ({ method, result }) => method === 'dmarc' && result === 'fail',
      );
      const words = `The sender failed the check of ${proof.failed ?? 'its domain'}`;
      return { level: 'problem', words: byDmarc ? `${words}: it may be forged` : words, checks };
    }
    case 'unproved':
      return { level: 'attention', words: 'The sender could not be verified', checks };
    case 'unchecked':
      return { level: 'unknown', words: 'The sender was not checked', checks };
  }
}

/** One line for each check, with who vouches for what. */
function methodWords({ method, result, domain }: MethodResult): string {
  const who = domain ?? 'its domain';
  switch (method) {
    case 'spf':
      return `SPF: ${spfWords(result, who)}`;
    case 'dkim':
      return `DKIM: ${dkimWords(result, who)}`;
    case 'dmarc':
      return `DMARC: ${dmarcWords(result, who)}`;
  }
}

function spfWords(result: string, who: string): string {
  if (result === 'pass') return `${who} lets the host that delivered it send in its name`;
  if (result === 'fail') return `${who} forbids the host that delivered it to send in its name`;
  if (result === 'softfail') return `${who} does not expect mail from the host that delivered it`;
  if (result === 'none') return `${who} says nothing of who may send in its name`;
  if (result === 'neutral') return `${who} leaves open who may send in its name`;
  return `could not be evaluated for ${who} (${result})`;
}

function dkimWords(result: string, who: string): string {
  if (result === 'pass') return `signed by ${who}, and unchanged since`;
  if (result === 'fail')
    return `the signature of ${who} does not fit: changed on the way, or forged`;
  if (result === 'none') return 'not signed';
  return `the signature of ${who} could not be checked (${result})`;
}

function dmarcWords(result: string, who: string): string {
  if (result === 'pass') return `${who} vouches for the sender`;
  if (result === 'fail') return `${who} does not vouch for the sender`;
  if (result === 'none') return `${who} has published no policy`;
  return `could not be evaluated for ${who} (${result})`;
}
