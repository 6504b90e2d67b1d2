import type { AuthenticationResult } from '@holdfast/domain';

const RESULTS = new Set<string>([
  'pass',
  'fail',
  'softfail',
  'neutral',
  'none',
  'policy',
  'temperror',
  'permerror',
] satisfies AuthenticationResult[]);

/** mailauth's word for a result in those of RFC 8601. */
export function asResult(result: string): AuthenticationResult {
  if (result === 'temperr') return 'temperror';
  return RESULTS.has(result) ? (result as AuthenticationResult) : 'none';
}
