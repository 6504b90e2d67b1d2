import { isUtf8 } from 'node:buffer';

/** An attachment in a form that a browser may show within the portal's origin. */
export interface AttachmentPreview {
  readonly contentType: string;
  readonly content: Uint8Array;
  readonly policy: string;
}

/** Content of strangers: even opened in a tab of its own it runs nothing and belongs to no origin. */
export const ATTACHMENT_CSP = "default-src 'none'; sandbox";
/**
 * Browsers show PDF with a viewer of their own, in a process and an origin of its own, which a sandboxed page may not
 * start. The bytes are a PDF by their first ones and by `nosniff`, so no script of theirs is ever one of this origin.
 */
const PDF_CSP =
  "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** What a phone can show as text without standing still. Unit: bytes. */
const TEXT_LIMIT = 256 * 1024;
/** Formats that hold pixels and nothing that runs, by their first bytes; SVG is not among them. */
const PICTURES: readonly (readonly [contentType: string, begins: RegExp])[] = [
  ['image/png', /^\x89PNG\r\n\x1a\n/],
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/gif', /^GIF8[79]a/],
  ['image/webp', /^RIFF[\s\S]{4}WEBP/],
];
const PDF = /^%PDF-\d/;
/** HTML is not among them: as a source it helps nobody. */
const TEXT =
  /^(?:text\/(?!html|xml|javascript)[\w.+-]+|application\/(?:json|csv|ics|x-yaml|sql)|message\/[\w.+-]+)$/;

/** Null: to be downloaded only. What it is is told by its bytes; what its sender calls it has to agree. */
export function previewOf(declared: string, content: Uint8Array): AttachmentPreview | null {
  const beginning = Buffer.from(content.subarray(0, 16)).toString('latin1');
  for (const [contentType, begins] of PICTURES) {
    if (begins.test(beginning) && declared.startsWith('image/') && declared !== 'image/svg+xml')
      return { contentType, content, policy: ATTACHMENT_CSP };
  }
  if (declared === 'application/pdf' && PDF.test(beginning))
    return { contentType: 'application/pdf', content, policy: PDF_CSP };
  if (!TEXT.test(declared)) return null;
  return {
    contentType: 'text/plain; charset=utf-8',
    content: asUtf8(content.subarray(0, TEXT_LIMIT)),
    policy: ATTACHMENT_CSP,
  };
}

function asUtf8(bytes: Uint8Array): Uint8Array {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe)
    return Buffer.from(new TextDecoder('utf-16le').decode(bytes));
  if (first === 0xfe && second === 0xff)
    return Buffer.from(new TextDecoder('utf-16be').decode(bytes));
  // The limit may lie within a character: that alone makes it no other encoding.
  if (isUtf8(bytes) || isUtf8(bytes.subarray(0, lastWhole(bytes)))) return bytes;
  return Buffer.from(new TextDecoder('windows-1252').decode(bytes));
}

/** Where the last character begins. */
function lastWhole(bytes: Uint8Array): number {
  let at = bytes.length - 1;
  while (at > 0 && bytes.length - at < 4 && ((bytes[at] ?? 0) & 0xc0) === 0x80) at -= 1;
  return at;
}
