import type { RefusalReason, ReportedAction } from '@holdfast/domain';

/** Message-ID of what all of them are about. */
export const ABOUT = '<0199b2a0-figures@mx1.holdfast.example>';
export const LEE = 'lee@fabrikam.example';
const ADA = 'ada@contoso.example';

export interface SampleReport {
  readonly name: string;
  readonly raw: Buffer;
  readonly action: ReportedAction;
  readonly reason: RefusalReason;
  /** Nothing in it tells which message it is about. */
  readonly isNameless?: true;
}

export const ORIGINAL = [
  `Message-ID: ${ABOUT}`,
  `From: Ada <${ADA}>`,
  `To: ${LEE}`,
  'Subject: Figures',
  'Date: Thu, 26 Nov 2026 09:00:00 +0000',
  'MIME-Version: 1.0',
].join('\n');

/** A message of the mail system; `fields` override and add. */
export function mail(fields: Readonly<Record<string, string>>, body: string): Buffer {
  const all: Record<string, string> = {
    From: 'Mail Delivery System <MAILER-DAEMON@mx.fabrikam.example>',
    To: ADA,
    Subject: 'Undelivered Mail Returned to Sender',
    Date: 'Thu, 26 Nov 2026 09:01:00 +0000',
    'Message-ID': '<report@mx.fabrikam.example>',
    'Auto-Submitted': 'auto-replied',
    'MIME-Version': '1.0',
    ...fields,
  };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\n`);
  return Buffer.from(`${head.join('')}\n${body}\n`.replaceAll(/\r?\n/g, '\r\n'), 'utf8');
}

/** Its parts, each with a header of its own. */
export function report(fields: Readonly<Record<string, string>>, parts: readonly string[]): Buffer {
  const type = 'multipart/report; report-type=delivery-status; boundary="=_dsn"';
  return mail(
    { 'Content-Type': type, ...fields },
    `${parts.map((part) => `--=_dsn\n${part}\n`).join('')}--=_dsn--`,
  );
}
