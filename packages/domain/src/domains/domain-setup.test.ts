import { describe, expect, it } from 'vitest';
import {
  decideDomainState,
  normaliseHost,
  recordsToEnter,
  type DomainExpectation,
} from './domain-setup.ts';

const ours: DomainExpectation = {
  ourHosts: ['mx1.holdfast.example', 'mx2.holdfast.example'],
  filterMode: 'none',
  tenantHosts: ['x.mail.protection.outlook.example'],
};
const filtered: DomainExpectation = { ...ours, filterMode: 'filter-in-front' };
const mx = (...hosts: string[]) => ({
  records: hosts.map((exchange, position) => ({ exchange, preference: 10 * position })),
  ttl: 300,
});

describe('what DNS says about a domain', () => {
  it.each([
    ['unchecked', ours, mx('MX1.Holdfast.example.', 'mx2.holdfast.example'), 'correct'],
    ['unchecked', ours, mx('mx1.holdfast.example'), 'correct'],
    ['unchecked', ours, mx('mx1.holdfast.example', 'x.mail.protection.outlook.example'), 'partial'],
    ['unchecked', ours, mx('x.mail.protection.outlook.example'), 'wrong'],
    ['unchecked', ours, mx(), 'wrong'],
    ['unchecked', ours, mx('.'), 'wrong'],
    ['wrong', ours, mx('mx1.holdfast.example'), 'correct'],
    ['partial', ours, mx('mx1.holdfast.example'), 'correct'],
    ['correct', ours, mx('x.mail.protection.outlook.example'), 'drifted'],
    ['correct', ours, mx('mx1.holdfast.example', 'other.example'), 'drifted'],
    ['correct', ours, mx(), 'drifted'],
    ['drifted', ours, mx('other.example'), 'drifted'],
    ['drifted', ours, mx('mx2.holdfast.example'), 'correct'],
    ['unchecked', filtered, mx('in.filter.example'), 'correct'],
    ['unchecked', filtered, mx('in.filter.example', 'mx1.holdfast.example'), 'partial'],
    ['unchecked', filtered, mx(), 'wrong'],
    ['unchecked', filtered, mx('x.mail.protection.outlook.example'), 'wrong'],
  ] as const)('%s → with %o: %o → %s', (before, expectation, observation, state) => {
    expect(decideDomainState(before, expectation, observation)).toBe(state);
  });

  it('compares names without case and root dot', () => {
    expect(normaliseHost(' MX.Example. ')).toBe('mx.example');
  });

  it('says which records to enter', () => {
    expect(recordsToEnter('contoso.example', ours.ourHosts)).toEqual([
      { name: 'contoso.example', preference: 10, exchange: 'mx1.holdfast.example', ttl: 3600 },
      { name: 'contoso.example', preference: 20, exchange: 'mx2.holdfast.example', ttl: 3600 },
    ]);
  });
});
