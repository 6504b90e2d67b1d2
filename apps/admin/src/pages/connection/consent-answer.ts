import type { ConsentAnswerInput } from '@holdfast/contracts';

/** What stands behind the `#` after Microsoft has sent somebody back; null without a state. */
export function readConsentAnswer(hash: string): ConsentAnswerInput | null {
  const fields = new URLSearchParams(hash.replace(/^#/, ''));
  const state = fields.get('state');
  if (state === null || state === '') return null;
  return {
    state,
    tenant: fields.get('tenant'),
    adminConsent: fields.get('admin_consent')?.toLowerCase() === 'true',
    error: fields.get('error'),
    errorDescription: fields.get('error_description'),
  };
}
