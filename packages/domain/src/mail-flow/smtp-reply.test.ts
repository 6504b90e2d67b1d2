import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assessOutcome, describeOutcome, type AttemptOutcome } from './smtp-reply.ts';

function reply(line: string): AttemptOutcome {
  return { kind: 'reply', code: Number(line.slice(0, 3)), text: line.slice(4) };
}

/** Reference "outages" 5.4 and "office365" 4.2, row by row. */
const ROWS = [
  [
    '451 4.3.2 Temporary server error. Please try again later ATTR2',
    'directory-lookup',
    'high',
    'retry',
  ],
  [
    '451 4.3.2 Temporary server error. Please try again later. ATTR1 [X.prod]',
    'directory-lookup',
    'high',
    'retry',
  ],
  ['421 4.3.2 Service not available', 'front-end', 'high', 'retry'],
  ['421 4.3.2 Service not active', 'front-end', 'high', 'retry'],
  ['421 4.3.2 System not accepting network messages', 'front-end', 'high', 'retry'],
  ['451 4.4.3 Temporary server error. Please try again later. ATTR18', 'proxy', 'high', 'retry'],
  [
    '451 4.7.0 Temporary server error. Please try again later. PRX2 NextHop:',
    'proxy',
    'high',
    'retry',
  ],
  [
    '451 4.7.0 Temporary server error. Please try again later. PRX4 nexthop',
    'proxy',
    'high',
    'retry',
  ],
  [
    '451 4.7.0 Temporary server error. Please try again later. PRX5 NextHop:',
    'proxy',
    'high',
    'retry',
  ],
  ['451 4.3.111 Temporary server error MRH1', 'proxy', 'high', 'retry'],
  [
    '451 4.4.24 Message failed to be replicated: no shadow server',
    'replication',
    'medium',
    'retry',
  ],
  ['451 4.4.25 Message failed to be replicated', 'replication', 'medium', 'retry'],
  ['451 4.4.28 Message failed to be replicated', 'replication', 'medium', 'retry'],
  ['421 4.4.2 Connection dropped', 'dropped', 'medium', 'retry'],
  ['450 4.4.318 Connection was closed abruptly', 'dropped', 'medium', 'retry'],
  ['452 4.3.1 Insufficient system resources', 'back-pressure', 'medium', 'retry-slower'],
  ['451 4.7.700 PFA agent busy, please try again', 'filter-busy', 'medium', 'retry'],
  ['451 4.4.4 Temporary server error. Please try again later ATTR3', 'subnet', 'low', 'retry'],
  [
    '451 4.7.500 Server busy. Please try again later from [203.0.113.7]. (S77714)',
    'throttled',
    'low',
    'retry-slower',
  ],
  [
    '451 4.7.500 Server busy. Please try again later from [203.0.113.7]. (S77719)',
    'throttled',
    'low',
    'retry-slower',
  ],
  [
    '451 4.7.500 Server busy. Please try again later from [203.0.113.7]. (AS843)',
    'throttled',
    'low',
    'retry-slower',
  ],
  [
    '451 4.7.650 The mail server [203.0.113.7] has been temporarily rate limited',
    'reputation',
    'none',
    'our-fault',
  ],
  ['451 4.7.850 Access denied, please try again later', 'reputation', 'none', 'our-fault'],
  ['451 4.7.899 Access denied, please try again later', 'reputation', 'none', 'our-fault'],
  ['451 4.7.699 Access denied, please try again later', 'reputation', 'none', 'our-fault'],
  [
    '450 4.7.26 Service does not accept messages sent over IPv6 unless they pass SPF or DKIM',
    'reputation',
    'none',
    'our-fault',
  ],
  [
    '550 5.7.25 The sending IPv6 address must have a reverse DNS record',
    'reputation',
    'none',
    'our-fault',
  ],
  [
    '432 4.3.2 STOREDRV.Deliver; recipient thread limit exceeded',
    'mailbox-throttled',
    'none',
    'retry-mailbox-slower',
  ],
  [
    '421 4.3.2 The maximum number of concurrent connections per resource forest has exceeded a limit',
    'connection-throttled',
    'none',
    'retry-slower',
  ],
  ['452 4.5.3 Too many recipients', 'too-many-recipients', 'none', 'retry'],
  [
    '550 5.4.1 Recipient address rejected: Access denied. AS(201806281)',
    'unknown-recipient',
    'low',
    'refused',
  ],
  [
    '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found',
    'unknown-recipient',
    'low',
    'refused',
  ],
  ['550 5.1.1 User unknown', 'unknown-recipient', 'low', 'refused'],
  ['550 5.7.64 TenantAttribution; Relay Access Denied', 'connector-broken', 'none', 'our-fault'],
  [
    '550 5.7.68 TenantInboundAttribution; Direct Send not allowed for this organization',
    'connector-broken',
    'none',
    'our-fault',
  ],
  [
    '550 5.7.51 TenantInboundAttribution; RestrictDomainsToIPAddresses',
    'connector-broken',
    'none',
    'our-fault',
  ],
  [
    '550 5.2.121 Recipient’s per hour message receive limit from this sender exceeded',
    'receive-limit',
    'none',
    'retry-next-hour',
  ],
  [
    '550 5.2.122 Recipient’s per hour message receive limit exceeded',
    'receive-limit',
    'none',
    'retry-next-hour',
  ],
  [
    '550 5.7.1 Service unavailable; client host [203.0.113.7] blocked using a block list',
    'sender-banned',
    'none',
    'our-fault',
  ],
  [
    '550 5.7.606 Access denied, banned sending IP [203.0.113.7]',
    'sender-banned',
    'none',
    'our-fault',
  ],
  [
    '550 5.7.649 Access denied, banned sending IP [203.0.113.7]',
    'sender-banned',
    'none',
    'our-fault',
  ],
  ['550 5.7.511 Access denied, banned sender', 'sender-banned', 'none', 'our-fault'],
  [
    '550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP',
    'sender-banned',
    'none',
    'our-fault',
  ],
  ['550 5.2.2 Mailbox full', 'mailbox-full', 'none', 'hold'],
  ['552 5.3.4 Message size exceeds fixed maximum', 'too-big', 'none', 'hold'],
  ['550 5.2.3 Message too large', 'too-big', 'none', 'hold'],
  ['550 5.7.705 Access denied, tenant has exceeded threshold', 'tenant-blocked', 'none', 'hold'],
  ['421 4.3.2 The system is not accepting network messages', 'front-end', 'high', 'retry'],
  ['451 4.7.550 Access denied, please try again later', 'reputation', 'none', 'our-fault'],
  [
    '450 4.2.1 STOREDRV.Deliver; mailbox is busy',
    'mailbox-throttled',
    'none',
    'retry-mailbox-slower',
  ],
  [
    '554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException',
    'mailbox-full',
    'none',
    'hold',
  ],
  ['554 5.3.4 The host announces that it takes 1000', 'too-big', 'none', 'hold'],
  ['452 4.2.2 Mailbox full, try again', 'unknown-temporary', 'low', 'retry'],
  [
    '550 5.7.1 TRANSPORT.RULES.RejectMessage; the message was rejected',
    'unknown-permanent',
    'low',
    'hold',
  ],
  ['554', 'unknown-permanent', 'low', 'hold'],
  ['451 4.9.9 Something new', 'unknown-temporary', 'low', 'retry'],
  ['550 5.9.9 Something new', 'unknown-permanent', 'low', 'hold'],
  ['250 2.6.0 Queued mail for delivery', 'delivered', 'none', 'delivered'],
] as const;

describe('what Office 365 says', () => {
  it.each(ROWS)('%s', (line, cls, weight, action) => {
    expect(assessOutcome(reply(line))).toEqual({ class: cls, weight, action });
  });

  it.each(['dns', 'connect', 'tls', 'timeout'] as const)(
    'no conversation at all (%s)',
    (failure) => {
      expect(assessOutcome({ kind: 'network', failure, text: 'x' })).toEqual({
        class: 'path-down',
        weight: 'high',
        action: 'retry',
      });
    },
  );

  it('a connection lost in mid-conversation', () => {
    expect(assessOutcome({ kind: 'network', failure: 'dropped', text: 'x' }).class).toBe('dropped');
  });
});

describe('what no reply text can change', () => {
  const text = fc.oneof(fc.string(), fc.constantFrom(...ROWS.map(([line]) => line)));

  it('a 4xx is never a permanent refusal, whatever it quotes (RFC 5321 §4.2.1)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 400, max: 499 }), text, (code, said) => {
        expect(['refused', 'hold']).not.toContain(
          assessOutcome({ kind: 'reply', code, text: said }).action,
        );
      }),
    );
  });

  it('only a 2xx is delivered', () => {
    fc.assert(
      fc.property(fc.integer({ min: 300, max: 599 }), text, (code, said) => {
        expect(assessOutcome({ kind: 'reply', code, text: said }).action).not.toBe('delivered');
      }),
    );
  });

  it('an IP address in the text is not read as an enhanced status code', () => {
    const address = fc.constantFrom('15.7.64.2', '104.3.1.9', '54.4.2.1', '5.1.1.1', '25.2.2.7');
    fc.assert(
      fc.property(address, (ip) => {
        expect(assessOutcome(reply(`451 4.9.9 Try again, ${ip}`)).class).toBe('unknown-temporary');
        expect(assessOutcome(reply(`550 5.9.9 Not from [${ip}].`)).class).toBe('unknown-permanent');
      }),
    );
  });
});

describe('describing an outcome', () => {
  it('is one line of at most 500 characters', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 2000 }), (said) => {
        const line = describeOutcome({ kind: 'reply', code: 451, text: said });
        expect(line.length).toBeLessThanOrEqual(500);
        expect(line).not.toMatch(/[\r\n]/);
      }),
    );
    expect(describeOutcome({ kind: 'network', failure: 'timeout', text: 'after 30 s' })).toBe(
      'timeout: after 30 s',
    );
  });
});
