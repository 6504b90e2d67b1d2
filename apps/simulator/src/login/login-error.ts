import { randomUUID } from 'node:crypto';

/** A refusal of Entra ID: `code` is what follows AADSTS. */
export interface LoginError {
  readonly status: number;
  readonly error: string;
  readonly code: number;
  readonly text: string;
}

export function loginErrorBody(failure: LoginError) {
  const timestamp = new Date().toISOString().replace('T', ' ').replace(/\..*/, 'Z');
  const trace = randomUUID();
  const correlation = randomUUID();
  return {
    error: failure.error,
    error_description: `AADSTS${failure.code}: ${failure.text} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
    error_codes: [failure.code],
    timestamp,
    trace_id: trace,
    correlation_id: correlation,
    error_uri: `https://login.microsoftonline.com/error?code=${failure.code}`,
  };
}
