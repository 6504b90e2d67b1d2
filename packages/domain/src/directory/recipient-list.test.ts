import { describe, expect, it } from 'vitest';
import { DAY } from '../instant.ts';
import { decideRecipientList } from './recipient-list.ts';

const READ = 40 * DAY;
const LISTED = READ - 3600_000;
const shape = { domain: 'contoso.example', addresses: 200, kinds: ['group', 'user'] } as const;
const attestation = {
  by: 'ada@contoso.example',
  at: DAY,
  addresses: 200,
  kinds: ['group', 'user'],
} as const;
const facts = {
  mailType: 'authoritative',
  exchangeListedAt: LISTED,
  readAt: READ,
  attestation: null,
  shape,
} as const;
const attested = { ...facts, exchangeListedAt: null, mailType: null, attestation } as const;

describe('whether every recipient of a domain is known', () => {
  it.each([
    ['Exchange listed all, and refuses unknown ones itself', facts, true, 'exchange-listed'],
    ['nothing was read yet', { ...facts, readAt: null }, false, 'never-read'],
    [
      'another system has recipients, too',
      { ...facts, mailType: 'internal-relay' },
      false,
      'relay-domain',
    ],
    [
      'and so whatever somebody says',
      { ...attested, mailType: 'external-relay' },
      false,
      'relay-domain',
    ],
    ['nobody told whether another has', { ...facts, mailType: null }, false, 'type-unknown'],
    ['Exchange may not be asked', { ...facts, exchangeListedAt: null }, false, 'not-listed'],
    ['an administrator says so', attested, true, 'attested'],
    ['some joined since', { ...attested, shape: { ...shape, addresses: 220 } }, true, 'attested'],
    [
      'many joined since',
      { ...attested, shape: { ...shape, addresses: 221 } },
      false,
      'attestation-expired',
    ],
    [
      'many left since',
      { ...attested, shape: { ...shape, addresses: 179 } },
      false,
      'attestation-expired',
    ],
    [
      'a sort of object is there that was not',
      { ...attested, shape: { ...shape, kinds: ['contact', 'user'] } },
      false,
      'attestation-expired',
    ],
  ] as const)('%s', (_name, given, complete, reason) => {
    expect(decideRecipientList(given)).toMatchObject({ complete, reason });
  });

  it('is as old as the list that it rests on', () => {
    expect(decideRecipientList(facts).asOf).toBe(LISTED);
    expect(decideRecipientList(attested).asOf).toBe(READ);
  });
});
