import { describe, expect, test } from 'vitest';
import { readConsentAnswer } from './consent-answer.ts';

describe('what Microsoft sends somebody back with', () => {
  test('a consent', () => {
    expect(readConsentAnswer('#state=s&tenant=t&admin_consent=True')).toEqual({
      state: 's',
      tenant: 't',
      adminConsent: true,
      error: null,
      errorDescription: null,
    });
  });

  test('a refusal, with its spaces', () => {
    expect(
      readConsentAnswer('#state=s&error=access_denied&error_description=AADSTS65004%3A+No'),
    ).toMatchObject({
      adminConsent: false,
      error: 'access_denied',
      errorDescription: 'AADSTS65004: No',
    });
  });

  test('nothing, when somebody opens the page by hand', () => {
    expect(readConsentAnswer('')).toBeNull();
    expect(readConsentAnswer('#tenant=t&admin_consent=True')).toBeNull();
  });
});
