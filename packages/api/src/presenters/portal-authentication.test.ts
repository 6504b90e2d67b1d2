import { proveSender } from '@holdfast/domain';
import { describe, expect, test } from 'vitest';
import { authenticationWords } from './portal-authentication.ts';

function said(results: string | null, from = 'ada@contoso.example') {
  return authenticationWords(proveSender({ results, from }), 'inbound');
}
const levelOf = (results: string | null): string => said(results).level;

describe('what is said of a sender', () => {
  test('DMARC decides when the domain has a policy', () => {
    expect(levelOf('mx.example; spf=fail smtp.mailfrom=x@list.example; dmarc=pass')).toBe('good');
    const forged = said('mx.example; spf=pass smtp.mailfrom=a@evil.example; dmarc=fail (p=REJECT)');
    expect(forged).toMatchObject({
      level: 'problem',
      words: 'The sender failed the check of contoso.example: it may be forged',
    });
  });

  test('without a policy only the author’s own domain proves the author', () => {
    expect(levelOf('mx; dkim=pass header.i=@mail.contoso.example; dmarc=none')).toBe('good');
    expect(levelOf('mx; spf=pass smtp.mailfrom=b@contoso.example; dmarc=none')).toBe('good');
    expect(levelOf('mx; dkim=pass header.d=evil.example; dmarc=none')).toBe('attention');
    expect(levelOf('mx; dkim=pass header.d=notcontoso.example; dmarc=none')).toBe('attention');
    expect(levelOf('mx; dkim=pass header.d=example; dmarc=none')).toBe('attention');
  });

  test('a refused host without any proof is a problem; no proof at all asks for attention', () => {
    expect(levelOf('mx; spf=fail smtp.mailfrom=b@contoso.example; dkim=none')).toBe('problem');
    expect(levelOf('mx; spf=softfail smtp.mailfrom=b@contoso.example')).toBe('attention');
    expect(levelOf('mx; none')).toBe('attention');
    expect(levelOf('mx; auth=temperror (not evaluated)')).toBe('attention');
  });

  test('what a stranger wrote into a comment or a quoted string counts for nothing', () => {
    expect(levelOf('mx; spf=none (a (b; dmarc=pass) ; dmarc=pass)')).toBe('attention');
    expect(levelOf('mx; spf=none smtp.helo="x; dmarc=pass"')).toBe('attention');
    expect(levelOf(String.raw`mx; spf=none (\) ; dmarc=pass)`)).toBe('attention');
  });

  test('each check has a line that says who vouches for what', () => {
    expect(
      said(
        'mx; spf=softfail smtp.mailfrom=b@list.example; dkim=pass header.d=contoso.example; dkim=fail header.d=x.example; dmarc=pass header.from=contoso.example; arc=none',
      ).checks,
    ).toEqual([
      'SPF: list.example does not expect mail from the host that delivered it',
      'DKIM: signed by contoso.example, and unchanged since',
      'DKIM: the signature of x.example does not fit: changed on the way, or forged',
      'DMARC: contoso.example vouches for the sender',
    ]);
  });

  test('own mail and mail that nobody checked are neither good nor bad', () => {
    expect(authenticationWords(proveSender({ results: null, from: null }), 'own').words).toBe('');
    expect(levelOf(null)).toBe('unknown');
    const colleague = authenticationWords(proveSender({ results: null, from: null }), 'submission');
    expect(colleague.level).toBe('good');
  });
});
