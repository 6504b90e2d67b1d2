import type { AttemptOutcome } from '@holdfast/domain';
import { describeError } from '../spool/file-system.ts';

/** How far the session had come when it failed. */
export type SessionStage = 'connecting' | 'session';

interface SmtpFailure {
  readonly code: string | null;
  readonly response: string | null;
  readonly responseCode: number | null;
  /** The SMTP command that failed, in nodemailer's words. */
  readonly command: string | null;
  readonly text: string;
}

export function readFailure(error: unknown): SmtpFailure {
  const fields: Readonly<Record<string, unknown>> =
    error instanceof Error ? Object.fromEntries(Object.entries(error)) : {};
  return {
    code: typeof fields['code'] === 'string' ? fields['code'] : null,
    response: typeof fields['response'] === 'string' ? fields['response'] : null,
    command: typeof fields['command'] === 'string' ? fields['command'] : null,
    responseCode: typeof fields['responseCode'] === 'number' ? fields['responseCode'] : null,
    text: describeError(error),
  };
}

/** `250 2.6.0 queued`, over several lines or one, as code and text. */
export function replyOutcome(response: string): AttemptOutcome {
  const code = Number(/^\d{3}/.exec(response)?.[0] ?? 0);
  const text = response
    .split(/\r?\n/)
    .map((line) => line.replace(/^\d{3}(?:[ -]|$)/, '').trim())
    .join(' ')
    .trim();
  return { kind: 'reply', code, text };
}

/**
 * The outcome of what nodemailer reports. Only a refusal counts as a reply: nodemailer puts a `2xx` into its error as
 * well when it came at the wrong moment, and that is no delivery.
 */
export function failureOutcome(error: unknown, stage: SessionStage): AttemptOutcome {
  const failure = readFailure(error);
  const { response, responseCode, text } = failure;
  if (response !== null && responseCode !== null && responseCode >= 400 && responseCode <= 599) {
    return replyOutcome(response);
  }
  switch (failure.code ?? '') {
    case 'EDNS':
      return network('dns', text);
    case 'ETLS':
      return network('tls', text);
    case 'ETIMEDOUT':
      return network('timeout', text);
    case 'EMESSAGE':
      // Only without a response: the SIZE that the host announced is smaller than the message.
      return { kind: 'reply', code: 552, text: `5.3.4 ${text}` };
    case 'EENVELOPE':
      // Only without a response: an address that cannot be written on the wire.
      return { kind: 'reply', code: 553, text: `5.1.3 ${text}` };
    default:
      return network(stage === 'connecting' ? 'connect' : 'dropped', text);
  }
}

export function network(
  failure: Extract<AttemptOutcome, { kind: 'network' }>['failure'],
  text: string,
): AttemptOutcome {
  return { kind: 'network', failure, text };
}
