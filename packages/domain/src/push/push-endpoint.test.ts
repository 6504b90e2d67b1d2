import { describe, expect, test } from 'vitest';
import { MAX_ENDPOINT_LENGTH, readPushEndpoint } from './push-endpoint.ts';

const FCM = 'https://fcm.googleapis.com/fcm/send/dPq0:APA91bH-x_y';

describe('the endpoint that a device names', () => {
  test.each([
    [FCM, 'https://fcm.googleapis.com'],
    [
      'https://updates.push.services.mozilla.com/wpush/v2/gAAAA',
      'https://updates.push.services.mozilla.com',
    ],
    ['https://web.push.apple.com/QGuQ', 'https://web.push.apple.com'],
    [
      'https://wns2-par02p.notify.windows.com/w/?token=BQYAAA%3d%3d',
      'https://wns2-par02p.notify.windows.com',
    ],
    ['https://Push.Example:443/a', 'https://push.example'],
  ])('is taken: %s', (text, origin) => {
    expect(readPushEndpoint(text, null)).toEqual({ endpoint: text, origin, isTrusted: false });
  });

  test.each([
    'http://push.example/a',
    'ftp://push.example/a',
    'https://push.example:8443/a',
    'https://push.example:80/a',
    'https://user@push.example/a',
    'https://push.example@127.0.0.1/a',
    'https://push.example\\@evil.example/a',
    'https://push.example/a\\b',
    'https://127.0.0.1/a',
    'https://127.1/a',
    'https://2130706433/a',
    'https://0x7f.0x0.0x0.0x1/a',
    'https://0177.0.0.1/a',
    'https://[::1]/a',
    'https://localhost/a',
    'https://intranet/a',
    'https://push.example',
    'https://push.example./a',
    'https://.example/a',
    'https://push..example/a',
    'https://пуш.example/a',
    'https://push.example/a b',
    'https://push.example/a\r\nX: y',
    ' https://push.example/a',
    'javascript:alert(1)',
    '',
    `https://push.example/${'a'.repeat(MAX_ENDPOINT_LENGTH)}`,
  ])('is refused: %s', (text) => {
    expect(readPushEndpoint(text, null)).toBeNull();
  });

  test('of a service that the operator trusts is taken as it is, and nothing that only begins like it', () => {
    const trusted = 'http://127.0.0.1:3900';
    const endpoint = `${trusted}/push/phone`;
    expect(readPushEndpoint(endpoint, trusted)).toEqual({
      endpoint,
      origin: trusted,
      isTrusted: true,
    });
    expect(readPushEndpoint('http://127.0.0.1:39001/push/phone', trusted)).toBeNull();
    expect(readPushEndpoint('http://127.0.0.1:3900@evil.example/', trusted)).toBeNull();
    expect(readPushEndpoint(`${trusted}/a b`, trusted)).toBeNull();
    expect(readPushEndpoint(endpoint, null)).toBeNull();
  });
});
