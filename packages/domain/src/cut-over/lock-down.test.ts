import { describe, expect, it } from 'vitest';
import { lockDownObstacles, refusedByLockDown, type LockDownDomain } from './lock-down.ts';

const good: LockDownDomain = {
  name: 'contoso.example',
  place: 'here',
  wayBack: false,
  proved: true,
  behindFilter: false,
  directMessages: 3,
};

describe('what speaks against the lock-down', () => {
  it('nothing, when every domain comes through us and the connector is on', () => {
    expect(lockDownObstacles('on', 'off', [good])).toEqual([]);
  });

  it.each([
    ['its way back runs', { wayBack: true }, 'way-back'],
    ['its MX leads to Office 365', { place: 'office-365' }, 'office-365-mx'],
    ['an Office 365 MX is left beside ours', { place: 'office-365-left' }, 'office-365-mx'],
    ['its MX leads elsewhere', { place: 'elsewhere' }, 'mx-elsewhere'],
    ['it has no MX', { place: 'nothing' }, 'mx-elsewhere'],
    ['DNS said nothing', { place: null }, 'mx-unknown'],
    ['no probe has arrived', { proved: false }, 'not-proved'],
    ['a filter in front may deliver past us', { behindFilter: true }, 'filter-unproved'],
    [
      'nobody has looked behind the filter',
      { behindFilter: true, directMessages: null },
      'filter-unproved',
    ],
  ] as const)('one domain of which %s', (_why, change, kind) => {
    const bad = { ...good, name: 'other.example', ...change };
    expect(lockDownObstacles('on', 'off', [good, bad])).toEqual([
      { kind, domain: 'other.example' },
    ]);
  });

  it('nothing of a filter in front past which nothing comes', () => {
    const filtered = { ...good, behindFilter: true, directMessages: 0 };
    expect(lockDownObstacles('on', 'off', [filtered])).toEqual([]);
  });

  it.each([
    ['off', 'connector-off'],
    ['unknown', 'connector-unknown'],
  ] as const)('a connector that is %s', (connector, kind) => {
    expect(lockDownObstacles(connector, 'off', [good])).toEqual([{ kind }]);
  });

  it('that it is on', () => {
    expect(lockDownObstacles('on', 'on', [good])).toEqual([{ kind: 'already' }]);
    expect(lockDownObstacles('on', 'off', [])).toEqual([{ kind: 'no-domain' }]);
  });
});

describe('mail that the tenant refuses because of it', () => {
  it('is that of domains whose MX leads past us, while it is on', () => {
    const left = { ...good, name: 'left.example', place: 'office-365' } as const;
    const silent = { ...good, name: 'silent.example', place: null };
    expect(refusedByLockDown('on', [good, left, silent])).toEqual(['left.example']);
    expect(refusedByLockDown('off', [left])).toEqual([]);
  });
});
