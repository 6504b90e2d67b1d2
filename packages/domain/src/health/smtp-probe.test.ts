import { describe, expect, it } from 'vitest';
import { classifyProbe, classifyProbes, type AddressProbe } from './smtp-probe.ts';
import type { AttemptOutcome } from '../mail-flow/smtp-reply.ts';

const probe = (outcome: AttemptOutcome, change: Partial<AddressProbe> = {}): AddressProbe => ({
  host: 'contoso-example.mail.protection.outlook.com',
  address: '192.0.2.10',
  source: null,
  stage: 'rcpt',
  outcome,
  recipients: [outcome],
  latencies: { connect: 10, banner: 20, ehlo: 5, rcpt: 15 },
  ...change,
});
const reply = (line: string): AttemptOutcome => ({
  kind: 'reply',
  code: Number(line.slice(0, 3)),
  text: line.slice(4),
});

/** Every row of reference 4.2, with what it means. */
const ROWS: readonly (readonly [string, 'good' | 'bad' | 'ours', string])[] = [
  ['250 2.1.5 Recipient OK', 'good', 'none'],
  ['421 4.3.2 Service not available', 'bad', 'high'],
  ['421 4.3.2 System not accepting network messages', 'bad', 'high'],
  [
    '421 4.3.2 The maximum number of concurrent connections per resource forest has exceeded a limit',
    'ours',
    'none',
  ],
  ['432 4.3.2 STOREDRV.Deliver; recipient thread limit exceeded', 'good', 'none'],
  ['451 4.7.0 Temporary server error. Please try again later. PRX2 NextHop:', 'bad', 'high'],
  ['451 4.7.0 Temporary server error. Please try again later. PRX4', 'bad', 'high'],
  ['451 4.7.0 Temporary server error. Please try again later. PRX5', 'bad', 'high'],
  ['451 4.7.500 Server busy. Please try again later from [192.0.2.1]. (S77714)', 'ours', 'none'],
  ['451 4.7.500 Server busy. Please try again later from [192.0.2.1]. (S77719)', 'ours', 'none'],
  ['451 4.7.500 Server busy. Please try again later from [192.0.2.1]. (AS843)', 'ours', 'none'],
  ['451 4.7.550 Access denied, please try again later', 'ours', 'none'],
  ['451 4.7.650 The mail server [192.0.2.1] has been temporarily rate limited', 'ours', 'none'],
  ['451 4.7.700 PFA agent busy, please try again later', 'bad', 'medium'],
  ['450 4.7.850 Access denied, please try again later', 'ours', 'none'],
  ['450 4.7.899 Access denied, please try again later', 'ours', 'none'],
  ['451 4.4.3 Temporary server error. Please try again later ATTR18', 'bad', 'high'],
  ['451 4.3.2 Temporary server error. Please try again later ATTR1', 'bad', 'high'],
  ['450 4.4.4 Mail received as unauthenticated, incoming to a recipient ATTR3', 'bad', 'low'],
  ['452 4.3.1 Insufficient system resources', 'bad', 'medium'],
  ['452 4.5.3 Too many recipients', 'good', 'none'],
  ['550 5.4.1 Recipient address rejected: Access denied. AS(201806281)', 'good', 'none'],
  ['550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP lookup', 'good', 'none'],
  ['550 5.1.1 No such user', 'good', 'none'],
  ['550 5.7.64 TenantAttribution; Relay Access Denied', 'ours', 'none'],
  [
    '550 5.7.68 TenantInboundAttribution; Direct Send not allowed for this organization from unauthorized sources',
    'ours',
    'none',
  ],
  ['550 5.7.51 TenantInboundAttribution; There is a partner connector configured', 'ours', 'none'],
  ['550 5.7.1 Service unavailable, Client host [192.0.2.1] blocked using Spamhaus', 'ours', 'none'],
  ['550 5.7.511 Access denied, banned sender[192.0.2.1]', 'ours', 'none'],
  ['550 5.7.606 Access denied, banned sending IP [192.0.2.1]', 'ours', 'none'],
  ['550 5.7.649 Access denied, banned sending IP [192.0.2.1]', 'ours', 'none'],
  [
    '550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP',
    'ours',
    'none',
  ],
  [
    '550 5.2.121 Recipient\u2019s per hour message receive limit from specific sender exceeded',
    'good',
    'none',
  ],
  ['550 5.2.122 Recipient\u2019s per hour message receive limit exceeded', 'good', 'none'],
  [
    '550 5.7.25 Service unavailable, sending IPv6 address must have reverse DNS record',
    'ours',
    'none',
  ],
  [
    '450 4.7.26 Service does not accept messages sent over IPv6 unless they pass SPF or DKIM',
    'ours',
    'none',
  ],
];

describe('a reply of Office 365 to the probe', () => {
  it.each(ROWS)('%s is %s, %s', (line, verdict, weight) => {
    const finding = classifyProbe(probe(reply(line)));
    expect(finding).toMatchObject({ verdict, weight });
    // What is ours to mend says how; what is not, does not.
    expect(finding.remedy !== null).toBe(verdict === 'ours');
  });

  it.each(['dns', 'connect', 'tls', 'timeout'] as const)('none at all (%s) is heavy', (failure) => {
    const outcome = { kind: 'network', failure, text: 'no answer' } as const;
    const finding = classifyProbe(probe(outcome, { stage: 'connect' }));
    expect(finding).toMatchObject({ verdict: 'bad', weight: 'high', latency: null });
  });

  it('as the greeting itself is heavy, unless we are the reason', () => {
    const greeting = (line: string) => classifyProbe(probe(reply(line), { stage: 'banner' }));
    expect(greeting('554 No SMTP service here')).toMatchObject({ verdict: 'bad', weight: 'high' });
    expect(greeting('421 4.4.0 Try later')).toMatchObject({ verdict: 'bad', weight: 'high' });
    expect(greeting('550 5.7.606 Access denied, banned sending IP')).toMatchObject({
      verdict: 'ours',
    });
  });

  it('took as long as its stages together', () => {
    expect(classifyProbe(probe(reply('250 2.1.5 OK'))).latency).toBe(50);
  });
});

describe('all addresses of all hosts together', () => {
  const works = probe(reply('250 2.1.5 OK'));
  const silent = probe(
    { kind: 'network', failure: 'connect', text: 'refused' },
    { address: '192.0.2.11' },
  );

  it('one that takes mail is enough, and who does not answer is named', () => {
    const finding = classifyProbes([silent, works]);
    expect(finding).toMatchObject({ verdict: 'good', latency: 50 });
    expect(finding?.cause).toContain('[192.0.2.11]');
  });

  it('from several of our addresses, one that works is no outage, and the one that does not is named with why', () => {
    const from = (source: string, outcome: AttemptOutcome) => probe(outcome, { source });
    const banned = from('203.0.113.26', reply('550 5.7.606 Access denied, banned sending IP'));
    const cut = from('203.0.113.26', { kind: 'network', failure: 'connect', text: 'timeout' });
    const fine = from('203.0.113.25', reply('250 2.1.5 OK'));
    expect(classifyProbes([banned, fine])).toMatchObject({
      verdict: 'good',
      cause: expect.stringMatching(/accepted; .* from 203\.0\.113\.26: 550 5\.7\.606/),
    });
    expect(classifyProbes([cut, fine])?.cause).toMatch(/no answer from .* from 203\.0\.113\.26/);
    expect(classifyProbes([cut, cut])?.verdict).toBe('bad');
  });

  it('without any, what is ours comes before what is heavy: we cannot tell', () => {
    const ours = probe(reply('550 5.7.64 TenantAttribution; Relay Access Denied'));
    expect(classifyProbes([silent, ours])?.verdict).toBe('ours');
    const busy = probe(reply('452 4.3.1 Insufficient system resources'));
    expect(classifyProbes([busy, silent])).toMatchObject({ verdict: 'bad', weight: 'high' });
  });

  it('nothing asked is nothing said', () => {
    expect(classifyProbes([])).toBeNull();
  });
});

describe('recipients that the directory knows and Office 365 refuses', () => {
  const unknown = reply('550 5.4.1 Recipient address rejected: Access denied');
  const asked = (...recipients: readonly AttemptOutcome[]) =>
    classifyProbes([probe(recipients[0] ?? unknown, { recipients })]);

  it('one is a recipient; all of several are an incident', () => {
    expect(asked(unknown)).toMatchObject({ verdict: 'good' });
    expect(asked(unknown, reply('250 2.1.5 OK'))).toMatchObject({ verdict: 'good' });
    expect(asked(unknown, unknown)).toMatchObject({ verdict: 'bad', weight: 'medium' });
  });
});
