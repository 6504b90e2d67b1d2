import { describe, expect, test } from 'vitest';
import { ConfigurationError, readConfiguration } from './read-configuration.ts';

describe('TLS to the tenant', () => {
  test('is verified when nothing is said', () => {
    expect(readConfiguration({}).relayTls).toBe('verified');
  });

  test('can be given up only on the port of a test', () => {
    const unverified = { HOLDFAST_RELAY_TLS: 'opportunistic' };
    expect(() => readConfiguration(unverified)).toThrow(ConfigurationError);
    expect(readConfiguration({ ...unverified, HOLDFAST_RELAY_PORT: '2525' }).relayTls).toBe(
      'opportunistic',
    );
  });
});

describe('whom push services may turn to', () => {
  test('is the portal where it is real, else the sender of notices, unless it is said', () => {
    const portal = { HOLDFAST_PORTAL_URL: 'https://mail-help.example' };
    expect(readConfiguration(portal).pushContact).toBe('https://mail-help.example');
    expect(readConfiguration({}).pushContact).toBe('mailto:no-reply@localhost');
    const said = { ...portal, HOLDFAST_PUSH_CONTACT: 'mailto:operator@mail.example' };
    expect(readConfiguration(said).pushContact).toBe('mailto:operator@mail.example');
  });

  test.each([
    ['HOLDFAST_PUSH_CONTACT', 'operator@mail.example'],
    ['HOLDFAST_PUSH_CONTACT', 'http://mail.example'],
    ['HOLDFAST_PUSH_TRUSTED_ORIGIN', 'https://push.example/path'],
    ['HOLDFAST_PUSH_TRUSTED_ORIGIN', 'push.example'],
    ['HOLDFAST_PUSH', 'perhaps'],
  ])('%s=%s is refused', (name, value) => {
    expect(() => readConfiguration({ [name]: value })).toThrow(ConfigurationError);
  });
});
