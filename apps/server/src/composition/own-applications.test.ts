import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '@holdfast/application';
import { createApplicationCertificates } from '@holdfast/office365';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfiguration } from '../configuration/read-configuration.ts';
import { ownApplications } from './own-applications.ts';

const ID = '11111111-2222-4333-8444-555555555555';
const OTHER = '66666666-7777-4888-9999-000000000000';
const certificates = createApplicationCertificates({ now: () => Date.now() });
const warnings: unknown[] = [];
const log: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: (_message, fields) => {
    warnings.push(fields);
  },
  error: () => undefined,
  child: () => log,
};
let directory: string;
let files: { readonly certificate: string; readonly key: string; readonly otherKey: string };
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'applications-'));
  files = {
    certificate: join(directory, 'a.pem'),
    key: join(directory, 'a.key'),
    otherKey: join(directory, 'b.key'),
  };
  const made = await certificates.create('a', Date.now() + 86_400_000);
  const other = await certificates.create('b', Date.now() + 86_400_000);
  writeFileSync(files.certificate, made.certificate);
  writeFileSync(files.key, made.privateKey);
  writeFileSync(files.otherKey, other.privateKey);
});
afterAll(() => rmSync(directory, { recursive: true }));

const read = (environment: Readonly<Record<string, string>>) =>
  ownApplications(readConfiguration(environment), {
    certificates,
    clock: { now: () => Date.now() },
    log,
  });

describe('Holdfast’s own applications', () => {
  test('there are none unless they are configured', () => {
    expect(read({})).toEqual([]);
  });

  test('a bare id stands for all tiers, and takes a secret', () => {
    const environment = { HOLDFAST_APPLICATION_ID: ID, HOLDFAST_APPLICATION_SECRET: 'shh' };
    expect(read(environment)).toEqual([
      {
        clientId: ID,
        tiers: ['read', 'configure', 'mailbox'],
        proof: { kind: 'secret', secret: 'shh' },
      },
    ]);
  });

  test('several, each with its tiers, share a certificate', () => {
    const found = read({
      HOLDFAST_APPLICATION_ID: `read=${ID},read+configure=${OTHER}`,
      HOLDFAST_APPLICATION_CERT: files.certificate,
      HOLDFAST_APPLICATION_KEY: files.key,
    });
    expect(found.map(({ clientId, tiers, proof }) => [clientId, tiers, proof.kind])).toEqual([
      [ID, ['read'], 'certificate'],
      [OTHER, ['read', 'configure'], 'certificate'],
    ]);
    // Valid for one more day.
    expect(warnings).toMatchObject([{ setting: 'HOLDFAST_APPLICATION_CERT' }]);
  });

  test('a key that does not fit stops the start and is named', () => {
    const wrong = {
      HOLDFAST_APPLICATION_ID: ID,
      HOLDFAST_APPLICATION_CERT: files.certificate,
      HOLDFAST_APPLICATION_KEY: files.otherKey,
    };
    expect(() => read(wrong)).toThrow(/HOLDFAST_APPLICATION_KEY: .*does not belong/);
    const missing = { ...wrong, HOLDFAST_APPLICATION_KEY: join(directory, 'nothing') };
    expect(() => read(missing)).toThrow(/HOLDFAST_APPLICATION_KEY names .*cannot be read/);
  });

  const wrong: readonly (readonly [string, Readonly<Record<string, string>>, RegExp])[] = [
    ['no proof', { HOLDFAST_APPLICATION_ID: ID }, /needs one proof/],
    ['no id', { HOLDFAST_APPLICATION_SECRET: 'shh' }, /HOLDFAST_APPLICATION_ID is missing/],
    [
      'half a certificate',
      { HOLDFAST_APPLICATION_ID: ID, HOLDFAST_APPLICATION_CERT: 'a.pem' },
      /belong together/,
    ],
    [
      'one secret for two',
      {
        HOLDFAST_APPLICATION_ID: `read=${ID},read+configure=${OTHER}`,
        HOLDFAST_APPLICATION_SECRET: 'shh',
      },
      /belongs to one application/,
    ],
    ['no id at all', { HOLDFAST_APPLICATION_ID: 'holdfast' }, /is no application id/],
    ['no such tiers', { HOLDFAST_APPLICATION_ID: `configure=${ID}` }, /is no application id/],
  ];
  test.each(wrong)('%s is refused in a sentence', (_name, environment, sentence) => {
    expect(() => readConfiguration(environment)).toThrow(sentence);
  });
});
