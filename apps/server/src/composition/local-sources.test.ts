import { expect, test } from 'vitest';
import { localSources } from './local-sources.ts';

const at = (address: string, internal = false) => ({ address, internal });

test('addresses to probe from are those of this host that are configured as ours', () => {
  const interfaces = {
    lo: [at('127.0.0.1', true), at('203.0.113.99', true)],
    eth0: [at('203.0.113.26'), at('203.0.113.25'), at('fe80::1'), at('10.0.0.5')],
    eth1: [at('198.51.100.7'), at('203.0.113.25')],
  };
  expect(localSources(['203.0.113.0/24', '198.51.100.7'], interfaces)).toEqual([
    '198.51.100.7',
    '203.0.113.25',
    '203.0.113.26',
  ]);
});

test('behind address translation there are none', () => {
  expect(localSources(['203.0.113.25'], { eth0: [at('10.0.0.5')] })).toEqual([]);
});
