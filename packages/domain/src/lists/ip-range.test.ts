import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIp, parseIpRange, rangeContains, rangeEdges } from './ip-range.ts';

describe('reading an address', () => {
  it.each([
    ['0.0.0.0', 0xffff00000000n],
    ['203.0.113.7', 0xffffcb007107n],
    ['::', 0n],
    ['::1', 1n],
    ['::ffff:203.0.113.7', 0xffffcb007107n],
    ['2001:DB8::1', 0x20010db8000000000000000000000001n],
    ['1:2:3:4:5:6:7::', 0x00010002000300040005000600070000n],
  ])('%s', (text, value) => {
    expect(parseIp(text)).toBe(value);
  });

  it.each([
    '',
    '1.2.3',
    '1.2.3.256',
    '01.2.3.4',
    '1.2.3.4.5',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:8::',
    'fe80::1%eth0',
    '12345::',
    '1.2.3.4::',
    '::1.2.3.4:5',
  ])('refuses %j', (text) => {
    expect(parseIp(text)).toBeNull();
  });

  it('reads every address that there is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (ip) => {
        expect(parseIp(ip)).not.toBeNull();
      }),
    );
  });
});

describe('ranges', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7', '203.0.113.8'],
    ['203.0.113.77/24', '203.0.113.255', '203.0.114.0'],
    ['203.0.113.1-203.0.113.9', '203.0.113.9', '203.0.113.10'],
    ['2001:db8::/32', '2001:db8:ffff::1', '2001:db9::'],
    ['0.0.0.0/0', '255.255.255.255', '2001:db8::'],
  ])('%s holds %s and not %s', (text, inside, outside) => {
    const range = parseIpRange(text);
    const [yes, no] = [parseIp(inside), parseIp(outside)];
    if (range === null || yes === null || no === null) throw new Error('unreadable example');
    expect([rangeContains(range, yes), rangeContains(range, no)]).toEqual([true, false]);
  });

  it.each([
    '203.0.113.0/33',
    '203.0.113.0/',
    '203.0.113.0/24/8',
    '203.0.113.9-203.0.113.1',
    '1-2-3',
  ])('refuses %s', (text) => {
    expect(parseIpRange(text)).toBeNull();
  });

  it.each([
    ['203.0.113.7', ['203.0.113.7']],
    ['203.0.113.0/24', ['203.0.113.0', '203.0.113.255']],
    ['203.0.113.7/32', ['203.0.113.7']],
    ['2001:db8::/64', ['2001:db8::/64']],
  ])('%s has the edges %j', (text, edges) => {
    expect(rangeEdges(text)).toEqual(edges);
  });

  it('a network holds its base and has 2^(width - length) members', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 0, max: 32 }), (ip, length) => {
        const range = parseIpRange(`${ip}/${length}`);
        const base = parseIp(ip);
        if (range === null || base === null) throw new Error(`unreadable ${ip}/${length}`);
        expect(rangeContains(range, base)).toBe(true);
        expect(range.last - range.first + 1n).toBe(1n << BigInt(32 - length));
      }),
    );
  });
});
