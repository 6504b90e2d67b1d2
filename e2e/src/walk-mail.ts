import { newMessageId } from './mail.ts';
import type { SimulatedMessage } from './outside-world.ts';

/** Where a hostile letter would like to load things from. */
export const FOREIGN_HOST = 'tracker.fabrikam.example';
export const FOREIGN_PICTURE = `https://${FOREIGN_HOST}/opened.png`;

/** A letter with everything in it that must not run, load or leave. */
export function hostileLetter(fields: {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
}): { readonly messageId: string; readonly raw: string } {
  const messageId = newMessageId();
  const raw = [
    `From: ${fields.from}`,
    `To: ${fields.to}`,
    `Subject: ${fields.subject}`,
    `Message-ID: ${messageId}`,
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    'MIME-Version: 1.0',
    'Content-Type: text/html; charset=utf-8',
    '',
    '<html><head>',
    `<script>top.hasRun = true; fetch('https://${FOREIGN_HOST}/script')</script>`,
    `<link rel="stylesheet" href="https://${FOREIGN_HOST}/sheet.css">`,
    `<meta http-equiv="refresh" content="0;url=https://${FOREIGN_HOST}/refresh">`,
    `<style>@import url(https://${FOREIGN_HOST}/import.css); p { background: url(https://${FOREIGN_HOST}/style.png) }</style>`,
    `</head><body background="https://${FOREIGN_HOST}/body.png" onload="top.hasRun = true">`,
    '<p>The lorry is loaded and leaves at <b>six</b>.</p>',
    `<img src="${FOREIGN_PICTURE}" width="40" height="20" alt="A lorry" onerror="top.hasRun = true">`,
    '<img src="x" onerror="top.hasRun = true" alt="">',
    `<iframe src="https://${FOREIGN_HOST}/frame"></iframe>`,
    `<video poster="https://${FOREIGN_HOST}/poster.png"></video>`,
    `<svg><image href="https://${FOREIGN_HOST}/svg.png"/><script>top.hasRun = true</script></svg>`,
    `<form action="https://${FOREIGN_HOST}/form"><input name="password"><button>Go</button></form>`,
    `<p><a href="javascript:top.hasRun = true">a link</a> <a href="https://${FOREIGN_HOST}/page">another</a></p>`,
    '</body></html>',
    '',
  ].join('\r\n');
  return { messageId, raw };
}

/** A small file whose bytes no transfer encoding leaves alone by chance. */
export function smallPdf(): Buffer {
  const noise = Buffer.from(Array.from({ length: 3000 }, (_, at) => (at * 7 + (at >> 3)) % 256));
  return Buffer.concat([Buffer.from('%PDF-1.4\n'), noise, Buffer.from('\n%%EOF\n')]);
}

/** The text of a message as sent, quoted-printable undone. */
export function readable(message: SimulatedMessage): string {
  return Buffer.from(message.raw, 'base64')
    .toString('utf8')
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
}

/** True when the bytes are in the message as a base64 part. */
export function carries(message: SimulatedMessage, bytes: Buffer): boolean {
  const raw = Buffer.from(message.raw, 'base64').toString('latin1').replaceAll(/\s/g, '');
  return raw.includes(bytes.toString('base64'));
}

/** The first capture of a pattern in a text; fails with the text. */
export function findIn(text: string, pattern: RegExp): string {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Error(`${String(pattern)} is not in: ${text}`);
  return found;
}
