import { expect, it } from 'vitest';
import { ledgerParts } from './ledger.ts';

const ledger = {
  accepted: 1204,
  open: { queued: 0, leased: 0, deferred: 0, held: 3, quarantined: 0 },
  terminal: { delivered: 1201, discarded: 0, bounced: 0 },
  waitingForIngest: 0,
  balanced: true,
};
const words = (change: Partial<typeof ledger>): string =>
  ledgerParts({ ...ledger, ...change }, 'inbound')
    .map(({ text }) => text)
    .join(' + ');

it('adds up without the parts that are zero', () => {
  expect(words({})).toBe('1,201 delivered + 3 in review + 0 lost');
});

it('reckons what is lost instead of claiming zero', () => {
  expect(words({ accepted: 1206, balanced: false })).toContain('2 lost');
});

it('counts accepted mail that is not a row yet as present', () => {
  expect(words({ accepted: 1206, waitingForIngest: 2 })).toBe(
    '1,201 delivered + 3 in review + 2 being recorded + 0 lost',
  );
});

it('leads from what is open to where it is listed', () => {
  const open = { queued: 1, leased: 0, deferred: 1, held: 3, quarantined: 2 };
  expect(ledgerParts({ ...ledger, accepted: 1208, open }, 'outbound')).toEqual([
    { text: '1,201 delivered', href: null },
    { text: '2 waiting', href: '/queue?state=queued,leased,deferred&direction=outbound' },
    { text: '3 in review', href: '/queue?state=review,held&direction=outbound' },
    { text: '2 in quarantine', href: '/quarantine' },
    { text: '0 lost', href: null },
  ]);
});
