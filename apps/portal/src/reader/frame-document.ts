import type { SafeHtml } from './sanitise.ts';

/** What a message may load inside its frame. Without consent: nothing but data that came with it. */
function framePolicy(origin: string, allowRemote: boolean): string {
  const images = `data: ${origin}/attachments/${allowRemote ? ' https:' : ''}`;
  return `default-src 'none'; style-src 'unsafe-inline'; img-src ${images}; form-action 'none'; base-uri 'none'`;
}

const FRAME_STYLE = `
:root { color-scheme: light }
html { overflow: hidden; background: #fff; color: #1d2528 }
body { margin: 0; padding: 16px; font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; display: flow-root }
@media (min-width: 600px) { body { padding: 16px 24px } }
body:has(> [data-body]:only-child) { padding: 0 }
[data-body] { padding: 16px; display: flow-root }
img { max-width: 100%; height: auto }
table { max-width: 100% }
pre { white-space: pre-wrap }
td, th { overflow-wrap: break-word }
a { color: #00676c }
summary { color: #4b565b; font-size: 14px; cursor: pointer; padding: 10px 0; min-height: 24px; width: max-content }
blockquote { margin: 0 0 0 4px; padding-left: 12px; border-left: 2px solid #ccd4d6 }
img:not([src]) { outline: 1px dashed #9aa5a9; min-width: 24px; min-height: 24px }
a[data-leads] { text-decoration: underline dashed }
a[data-leads] + small { color: #8a4b00 }
body.narrow :is(table, tbody, tr, td, th, div, p, center) { min-width: 0 !important; max-width: 100% !important }
body.narrow table { width: 100% !important }
body.narrow :is(td, th, div) { width: auto !important }
body.narrow tr:not(:has(> :nth-child(4))) > * { overflow-wrap: anywhere }
@media print { html { overflow: visible } details::details-content { content-visibility: visible; height: auto } }
`;
/** The sender chose no colours, so the reader's own hold: the tokens' values, which a frame does not inherit. */
const PLAIN_STYLE = `
:root { color-scheme: light dark }
@media (prefers-color-scheme: dark) {
  html { background: transparent; color: oklch(0.94 0.005 220) }
  a { color: oklch(0.8 0.085 195) }
  summary { color: oklch(0.74 0.01 220) }
  blockquote { border-color: oklch(0.38 0.014 230) }
  a[data-leads] + small { color: oklch(0.84 0.11 82) }
}
`;

/** The whole document of the frame. The policy stands first, before anything that it has to govern. */
export function frameDocument(safe: SafeHtml, origin: string, allowRemote: boolean): string {
  const style = `${FRAME_STYLE}${safe.isPlain ? PLAIN_STYLE : ''}`;
  return `<!doctype html><html><head><meta http-equiv="Content-Security-Policy" content="${framePolicy(origin, allowRemote)}"><meta charset="utf-8"><meta name="referrer" content="no-referrer"><style>${style}</style></head><body dir="auto">${safe.html}</body></html>`;
}
