/** Reading and writing MIME, apart from the rest of the adapter: its parsers take 25 MB, and mx parses nothing. */
export type { FormatLimits } from './format-limits.ts';
export { createIsolatedFormat } from './isolated-format.ts';
export type { IsolatedFormatOptions } from './isolated-format.ts';
export { createMessageFormat } from './message-format.ts';
export type { MessageFormatOptions } from './message-format.ts';
