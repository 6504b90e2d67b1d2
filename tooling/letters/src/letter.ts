/** A message in the shape in which real programs send it, with what a reader has to see of it. */
export interface RealMail {
  readonly name: string;
  readonly raw: Buffer;
  /** What stands in the text or HTML that is shown. */
  readonly shows: readonly string[];
  readonly subject?: string;
  readonly attachments?: number;
}

const DATE = 'Thu, 26 Nov 2026 09:12:00 +0100';
let serial = 0;

/** Header fields of an ordinary sender, overridden by those given. */
export function letter(fields: Readonly<Record<string, string>>, body: string | Buffer): Buffer {
  serial += 1;
  const all: Record<string, string> = {
    From: 'Mona Kane <mona.kane@fabrikam.example>',
    To: 'Adele Vance <adele.vance@contoso.example>',
    Subject: 'A letter',
    'Message-ID': `<real-${serial}@fabrikam.example>`,
    Date: DATE,
    'MIME-Version': '1.0',
    ...fields,
  };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  const bytes = typeof body === 'string' ? Buffer.from(crlf(body), 'utf8') : body;
  return Buffer.concat([Buffer.from(`${head.join('')}\r\n`, 'latin1'), bytes, Buffer.from('\r\n')]);
}

/** Parts between boundaries; each has a header of its own. */
export function parts(boundary: string, ...inner: readonly string[]): string {
  return `${inner.map((part) => `--${boundary}\n${part}\n`).join('')}--${boundary}--\n`;
}

export function base64(content: string | Buffer): string {
  return Buffer.from(content).toString('base64').replace(/.{76}/g, '$&\n');
}

function crlf(text: string): string {
  return text.replaceAll(/\r?\n/g, '\r\n');
}

/** A picture of one colour, so that one can see where it is. */
export const RED_PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==';
