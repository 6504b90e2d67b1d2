import { describe, expect, test } from 'vitest';
import { MINUTE } from '../instant.ts';
import {
  decideSignInCode,
  WAY_IN_MAX_FAILURES,
  type SignInCode,
  type SignInProof,
} from './sign-in-code.ts';

const NOW = 1_000_000;
const SENT: SignInCode = {
  kind: 'way-in',
  codeMac: 'mac of 12345678',
  linkHash: 'hash of link',
  ticketHash: 'hash of ticket',
  expiresAt: NOW + 15 * MINUTE,
  usedAt: null,
  failures: 0,
};
const READ_OUT: SignInCode = {
  ...SENT,
  kind: 'helpdesk',
  codeMac: 'mac of long',
  linkHash: null,
  ticketHash: null,
};
const CODE: SignInProof = { kind: 'code', codeMac: SENT.codeMac, ticketHash: 'hash of ticket' };
const LINK: SignInProof = { kind: 'link', linkHash: 'hash of link' };
const SPOKEN: SignInProof = { kind: 'read-out', codeMac: READ_OUT.codeMac };

describe('a code or link', () => {
  test.each([
    ['the code where it was asked for', [SENT], CODE],
    ['the link, wherever it is opened', [SENT], LINK],
    ['what the helpdesk read out', [READ_OUT], SPOKEN],
    ['an older one while a newer is under way', [{ ...SENT, ticketHash: 'other' }, SENT], CODE],
  ] as const)('lets in: %s', (_name, codes, proof) => {
    expect(decideSignInCode(codes, proof, NOW)).toMatchObject({ ok: true, code: { usedAt: NOW } });
  });

  test.each([
    ['after its time', [{ ...SENT, expiresAt: NOW }], CODE],
    ['a second time', [{ ...SENT, usedAt: NOW - 1 }], CODE],
    ['by its link after its code', [{ ...SENT, usedAt: NOW - 1 }], LINK],
    ['in a browser that did not ask', [SENT], { ...CODE, ticketHash: 'hash of another ticket' }],
    ['after too many guesses', [{ ...SENT, failures: WAY_IN_MAX_FAILURES }], CODE],
    [
      'a code that was sent, as one that was read out',
      [SENT],
      { ...SPOKEN, codeMac: SENT.codeMac },
    ],
    [
      'one that was read out, as one that was sent',
      [READ_OUT],
      { ...CODE, codeMac: READ_OUT.codeMac },
    ],
    ['without any code', [], LINK],
  ] as const)('does not let in: %s', (_name, codes, proof) => {
    expect(decideSignInCode(codes, proof as SignInProof, NOW)).toEqual({
      ok: false,
      counted: null,
    });
  });

  test('a wrong guess is counted against the message of that browser alone', () => {
    const other = { ...SENT, ticketHash: 'other' };
    const wrong = { ...CODE, codeMac: 'mac of 00000000' } as const;
    expect(decideSignInCode([other, SENT], wrong, NOW)).toEqual({
      ok: false,
      counted: { ...SENT, failures: 1 },
    });
  });
});
