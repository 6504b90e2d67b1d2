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
