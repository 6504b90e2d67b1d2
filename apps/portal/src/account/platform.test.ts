import { expect, test } from 'vitest';
import { platformOf } from './platform.ts';

test.each([
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) Safari/604.1', 'ios'],
  ['Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) CriOS/141.0 Safari/604.1', 'ios'],
  ['Mozilla/5.0 (Linux; Android 10; K) Chrome/141.0.0.0 Mobile Safari/537.36', 'android'],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/141.0.0.0 Safari/537.36', 'other'],
])('the home screen of %s is explained for %s', (userAgent, platform) => {
  expect(platformOf(userAgent)).toBe(platform);
});
