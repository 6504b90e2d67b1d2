import type { ErrorCode } from '@holdfast/contracts';

/**
 * A refusal as data: a stable code, a sentence that is safe to show (what, why, what to do), and details for the log.
 * One mapping per boundary turns it into an HTTP status, an SMTP reply or an exit code.
 */
export class Refusal extends Error {
  readonly code: ErrorCode;
  /** Field path → sentence, for forms. */
  readonly fields: Readonly<Record<string, string>>;
  constructor(code: ErrorCode, message: string, fields: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.fields = fields;
  }
}
