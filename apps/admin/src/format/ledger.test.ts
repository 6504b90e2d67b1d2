import { expect, it } from 'vitest';
import { ledgerSentence } from './ledger.ts';

const ledger = {
  accepted: 1204,
  open: { queued: 0, leased: 0, deferred: 0, held: 3, quarantined: 0 },
  terminal: { delivered: 1201, discarded: 0, bounced: 0 },
  waitingForIngest: 0,
  balanced: true,
};

it('adds up in one sentence, without the parts that are zero', () => {
  expect(ledgerSentence(ledger)).toBe('1,204 accepted = 1,201 delivered + 3 in review + 0 lost');
});

it('reckons what is lost instead of claiming zero', () => {
  expect(ledgerSentence({ ...ledger, accepted: 1206, balanced: false })).toContain('2 lost');
});

it('counts accepted mail that is not a row yet as present', () => {
  expect(ledgerSentence({ ...ledger, accepted: 1206, waitingForIngest: 2 })).toBe(
    '1,206 accepted = 1,201 delivered + 3 in review + 2 being recorded + 0 lost',
  );
});
