import type { DkimState } from './dkim-key.ts';
import type { DmarcReading } from './dmarc-record.ts';
import { finding, settleCheck, type DomainCheck, type Finding } from './domain-check.ts';

export interface KeyReading {
  readonly selector: string;
  readonly state: DkimState;
  /** DNS did not answer: the state is from before. */
  readonly silent: boolean;
  readonly texts: readonly string[];
  readonly ttl: number | null;
}

/** The records of our signing keys that are in use. */
export function checkDkim(keys: readonly KeyReading[]): DomainCheck {
  const ttls = keys.flatMap(({ ttl }) => (ttl === null ? [] : [ttl]));
  const told = {
    seen: keys.flatMap(({ selector, texts }) => texts.map((text) => `${selector}: ${text}`)),
    ttl: ttls.length === 0 ? null : Math.min(...ttls),
  };
  if (keys.length === 0) return settleCheck('dkim', [finding('dkim-no-key')], told);
  return settleCheck('dkim', keys.map(keyFinding), told);
}

function keyFinding({ selector, state, silent, texts }: KeyReading): Finding {
  if (silent) return finding('dkim-silent', selector);
  switch (state) {
    case 'correct':
      return finding('dkim-published', selector);
    case 'unchecked':
    case 'missing':
      return finding('dkim-absent', selector);
    case 'wrong':
      return finding('dkim-wrong', selector);
    case 'drifted':
      return finding(texts.length === 0 ? 'dkim-gone' : 'dkim-wrong', selector);
  }
}

/** `proved`: DKIM or SPF of ours holds, so that our mail is aligned in the strict mode too. */
export function checkDmarc(reading: DmarcReading, proved: boolean): DomainCheck {
  const told = { seen: reading.text === null ? [] : [reading.text], ttl: reading.ttl };
  if (reading.known === 'unknown') return settleCheck('dmarc', [finding('dmarc-silent')], told);
  const findings = [
    ...(reading.several ? [finding('dmarc-several')] : []),
    ...reading.problems.map((problem) => finding('dmarc-syntax', problem)),
    ...(reading.inherited ? [finding('dmarc-inherited', reading.name)] : []),
    ...(reading.testing ? [finding('dmarc-testing')] : []),
    policyFinding(reading, proved),
  ];
  return settleCheck('dmarc', findings, told);
}

function policyFinding({ policy }: DmarcReading, proved: boolean): Finding {
  switch (policy) {
    case null:
      return finding('dmarc-absent');
    case 'none':
      return finding('dmarc-none');
    case 'quarantine':
    case 'reject':
      return finding(proved ? 'dmarc-enforced' : 'dmarc-enforced-unproved', policy);
  }
}
