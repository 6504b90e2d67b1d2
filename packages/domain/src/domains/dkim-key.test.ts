import { describe, expect, test } from 'vitest';
import {
  decideDkimState,
  dkimRecordName,
  dkimRecordValue,
  nextSelector,
  txtStrings,
} from './dkim-key.ts';

const KEY = `MIIB${'x'.repeat(388)}`;
const RECORD = dkimRecordValue(KEY);

describe('the record of a signing key', () => {
  test('stands below the selector, and a long value has strings of at most 255 octets', () => {
    expect(dkimRecordName('holdfast1', 'contoso.example')).toBe(
      'holdfast1._domainkey.contoso.example',
    );
    const strings = txtStrings(RECORD);
    expect(strings.map((part) => part.length)).toEqual([255, RECORD.length - 255]);
    expect(strings.join('')).toBe(RECORD);
  });

  test('gets a selector that was never used', () => {
    expect(nextSelector([])).toBe('holdfast1');
    expect(nextSelector(['holdfast1', 'holdfast7', 'other9'])).toBe('holdfast8');
  });

  test.each([
    ['as we show it', RECORD],
    [
      'with spaces that a provider put in',
      `v=DKIM1;k=rsa;  p=${KEY.slice(0, 40)} ${KEY.slice(40)}`,
    ],
    ['without the optional tags', `p=${KEY}`],
    ['for all services and sha256', `v=DKIM1; h=sha256:sha1; s=*; t=s; p=${KEY}`],
  ])('is correct %s', (_how, text) => {
    expect(decideDkimState('unchecked', KEY, [text])).toBe('correct');
  });

  test.each([
    ['another key', `v=DKIM1; k=rsa; p=${KEY.slice(1)}`],
    ['a revoked one', 'v=DKIM1; k=rsa; p='],
    ['test mode', `v=DKIM1; t=y; p=${KEY}`],
    ['another version', `v=DKIM2; p=${KEY}`],
    ['another kind of key', `v=DKIM1; k=ed25519; p=${KEY}`],
    ['another hash', `v=DKIM1; h=sha1; p=${KEY}`],
    ['another service', `v=DKIM1; s=tlsrpt; p=${KEY}`],
    ['something that is no key record', 'hello'],
  ])('is wrong with %s', (_what, text) => {
    expect(decideDkimState('unchecked', KEY, [text])).toBe('wrong');
  });

  test('is wrong beside a second one: a verifier may take either', () => {
    expect(decideDkimState('missing', KEY, [RECORD, 'v=DKIM1; p=other'])).toBe('wrong');
  });

  test('is missing before it was seen, and has drifted when it was', () => {
    expect(decideDkimState('unchecked', KEY, [])).toBe('missing');
    expect(decideDkimState('correct', KEY, [])).toBe('drifted');
    expect(decideDkimState('drifted', KEY, ['v=DKIM1; p='])).toBe('drifted');
    expect(decideDkimState('drifted', KEY, [RECORD])).toBe('correct');
  });
});
