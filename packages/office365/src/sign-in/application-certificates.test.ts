import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createApplicationCertificates } from './application-certificates.ts';

const DAY = 86_400_000;
const now = Date.UTC(2026, 10, 25);
const certificates = createApplicationCertificates({ now: () => now });

describe('certificates of an application', () => {
  it('are made with a key of their own and say until when they are valid', async () => {
    const validUntil = now + 365 * DAY;
    const made = await certificates.create('Holdfast for Contoso', validUntil);
    expect(made.privateKey).toMatch(/^-----BEGIN PRIVATE KEY-----/);
    const reading = certificates.read(made);
    expect(reading).toMatchObject({ ok: true, facts: { notBefore: now, notAfter: validUntil } });
    expect(reading.ok && reading.facts.thumbprint).toMatch(/^[0-9A-F]{40}$/);
  });

  it('are refused with the field and the reason when Entra ID could not take them', async () => {
    const made = await certificates.create('one', now + DAY);
    const other = await certificates.create('other', now + DAY);
    const { privateKey: ec } = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    const cases: readonly (readonly [string, typeof made, string, RegExp])[] = [
      ['no certificate', { ...made, certificate: 'hello' }, 'certificate', /no certificate in PEM/],
      ['no key', { ...made, privateKey: 'hello' }, 'privateKey', /no private key in PEM/],
      ['another key', { ...made, privateKey: other.privateKey }, 'privateKey', /does not belong/],
      ['an elliptic key', { ...made, privateKey: ec }, 'privateKey', /RSA keys of 2048 bits/],
    ];
    for (const [name, pair, field, why] of cases) {
      expect(certificates.read(pair), name).toMatchObject({
        ok: false,
        field,
        why: expect.stringMatching(why),
      });
    }
  });
});
