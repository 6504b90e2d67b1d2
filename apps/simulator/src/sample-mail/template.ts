import type { Attachment } from 'nodemailer/lib/mailer';
import type { Random } from './random.ts';

/** What a template needs to know about the letter it writes. */
export interface Letter {
  readonly recipient: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly random: Random;
}

/** A message before it becomes MIME. */
export interface Draft {
  readonly from: { readonly name: string; readonly address: string };
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly attachments?: readonly Attachment[];
  readonly headers?: Readonly<Record<string, string>>;
}

export const escapeHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

export const paragraphs = (text: string): string =>
  text
    .split('\n\n')
    .map((part) => `<p>${escapeHtml(part).replaceAll('\n', '<br>')}</p>`)
    .join('\n');
