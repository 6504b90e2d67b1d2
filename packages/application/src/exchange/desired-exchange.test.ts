import type { Verdict, VerdictReason } from '@holdfast/domain';
import { describe, expect, test } from 'vitest';
import { traceHeaders } from '../mail-flow/trace-headers.ts';
import type { ReceivedMessage } from '../ports/reception.ts';
import { JUNK_RULE } from './desired-exchange.ts';

/** Records, so that a new word of the vocabulary does not compile without its place here. */
const VERDICTS: Readonly<Record<Verdict, true>> = {
  deliver: true,
  tag: true,
  junk: true,
  quarantine: true,
  reject: true,
};
const REASONS: Readonly<Record<VerdictReason, true>> = {
  'block-list': true,
  'allow-list': true,
  'allow-list-unauthenticated': true,
  'user-allow-list': true,
  'user-block-list': true,
  'dmarc-reject': true,
  'dmarc-quarantine': true,
  'spf-fail': true,
  'spf-softfail': true,
  'authentication-unavailable': true,
  'trusted-filter': true,
  virus: true,
  spam: true,
  'filter-unavailable': true,
  clean: true,
};
const decisions = (Object.keys(VERDICTS) as Verdict[]).flatMap((verdict) =>
  (Object.keys(REASONS) as VerdictReason[]).map((reason) => ({ verdict, reason })),
);

const message = {
  session: {
    clientIp: '192.0.2.7',
    clientPort: 1,
    helo: 'mail.fabrikam.example',
    tls: null,
    protocol: 'ESMTP',
  },
  envelope: { from: 'a@fabrikam.example', recipients: ['b@contoso.example'] },
  smtpUtf8: false,
} as unknown as ReceivedMessage;

/** What Exchange looks at: the values of the header, whole words, without regard to case. */
function rulesMatches(headers: string): boolean {
  const name = new RegExp(`^${JUNK_RULE.headerName}:(.*)$`, 'gim');
  const word = new RegExp(`(?<!\\w)${JUNK_RULE.word}(?!\\w)`, 'i');
  return [...headers.matchAll(name)].some(([, value]) => word.test(value ?? ''));
}

describe('the mail flow rule and the header that mx writes', () => {
  test.each(decisions)('$verdict for $reason', (decision) => {
    const headers = traceHeaders({
      hostname: 'mx1.holdfast.example',
      recordId: 'x',
      at: 0,
      message,
      recipients: [{ address: 'b@contoso.example' }],
      authenticationResults: 'mx1.holdfast.example; spf=none',
      decision,
      content: [],
    });
    expect(rulesMatches(headers)).toBe(decision.verdict === 'junk');
  });
});
