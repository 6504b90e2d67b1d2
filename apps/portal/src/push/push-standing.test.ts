import { expect, test } from 'vitest';
import { pushStanding, shouldBeSubscribed, type SeenBrowser } from './push-standing.ts';

const CHROME: SeenBrowser = {
  hasPush: true,
  permission: 'default',
  platform: 'android',
  isInstalled: false,
  isSubscribed: false,
};

test.each([
  ['that has not been asked', {}, 'off'],
  ['that may tell, and does not', { permission: 'granted' }, 'off'],
  ['that tells', { permission: 'granted', isSubscribed: true }, 'on'],
  ['whose permission was taken back', { permission: 'denied', isSubscribed: true }, 'denied'],
  ['without push', { hasPush: false }, 'unsupported'],
  ['without notifications', { permission: null }, 'unsupported'],
  ['of an iPhone', { platform: 'ios', hasPush: false, permission: null }, 'needs-home-screen'],
  [
    'of an old iPhone, on its home screen',
    { platform: 'ios', hasPush: false, isInstalled: true },
    'unsupported',
  ],
  ['of an iPhone, on its home screen', { platform: 'ios', isInstalled: true }, 'off'],
] as const)('a browser %s', (_what, change, standing) => {
  expect(pushStanding({ ...CHROME, ...change })).toBe(standing);
});

test('a subscription belongs to somebody who is signed in and wants it, and to nobody else', () => {
  const wish = { user: 'ada@contoso.example', wants: true, permission: 'granted' } as const;
  expect(shouldBeSubscribed(wish)).toBe(true);
  expect(shouldBeSubscribed({ ...wish, user: null })).toBe(false);
  expect(shouldBeSubscribed({ ...wish, wants: false })).toBe(false);
  expect(shouldBeSubscribed({ ...wish, permission: 'default' })).toBe(false);
});
