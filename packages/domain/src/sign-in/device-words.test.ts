import { expect, test } from 'vitest';
import { clientNetwork } from './client-network.ts';
import { deviceIn, deviceWords } from './device-words.ts';

test.each([
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
    'Safari on iPhone',
  ],
  [
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36',
    'Chrome on Android phone',
  ],
  [
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
    'Chrome on Android tablet',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0',
    'Edge on Windows',
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:143.0) Gecko/20100101 Firefox/143.0',
    'Firefox on Mac',
  ],
  ['curl/8.5.0', 'Unknown device'],
  ['', 'Unknown device'],
])('%s is told as a person would', (userAgent, words) => {
  expect(deviceWords(userAgent)).toBe(words);
});

test('nothing was sent: an unknown device', () => {
  expect(deviceWords(null)).toBe('Unknown device');
});

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:aaaa::1', '20010db800010002::/64'],
  ['2001:db8:1:2:ffff:ffff:ffff:ffff', '20010db800010002::/64'],
  ['2001:db8:1:3::1', '20010db800010003::/64'],
  ['unknown', 'unknown'],
])('attempts from %s are counted against %s', (ip, network) => {
  expect(clientNetwork(ip)).toBe(network);
});

test('and is said in the language of who reads it', () => {
  expect(deviceIn('en', 'Chrome on Android phone')).toBe('Chrome on Android phone');
  expect(deviceIn('de', 'Chrome on Android phone')).toBe('Chrome auf Android-Telefon');
  expect(deviceIn('de', 'Safari on iPhone')).toBe('Safari auf iPhone');
  expect(deviceIn('de', 'Unknown device')).toBe('Unbekanntes Gerät');
});
