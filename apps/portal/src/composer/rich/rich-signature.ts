import { richLine } from '@holdfast/contracts/rich-text';

/** Above the line that names who is quoted, and what stands before a forwarded message. */
const QUOTED =
  /(?:<div><br><\/div>)?<div>(?:-{5,} [^<]+ -{5,}<\/div>|[^<]+:<\/div>(?:<blockquote>|$))/;

function block(signature: string): string {
  return ['', ...signature.trim().split('\n')].map(richLine).join('');
}

/** Editors end lines with a `<br>` that nobody sees. */
function plainLines(html: string): string {
  return html.replace(/([^>])<br\s*\/?><\/div>/g, '$1</div>');
}

export function hasRichSignature(html: string, signature: string): boolean {
  return signature.trim() !== '' && plainLines(html).includes(block(signature));
}

export function withRichSignature(html: string, signature: string, isQuoting: boolean): string {
  if (signature.trim() === '' || hasRichSignature(html, signature)) return html;
  const lines = plainLines(html);
  const at = isQuoting || lines.includes('<blockquote>') ? lines.search(QUOTED) : -1;
  const place = at === -1 ? lines.length : at;
  return `${lines.slice(0, place)}${block(signature)}${lines.slice(place)}`;
}

export function withoutRichSignature(html: string, signature: string): string {
  return hasRichSignature(html, signature)
    ? plainLines(html).replace(block(signature), () => '')
    : html;
}
