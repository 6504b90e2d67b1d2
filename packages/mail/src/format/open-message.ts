import type { AttachmentPart, SignatureFinding } from '@holdfast/application';
import { escapedHtml } from '@holdfast/contracts';
import { containerBytes, containerKind } from './container-parts.ts';
import type { FormatLimits } from './format-limits.ts';
import {
  parseMessage,
  safeContentType,
  safeFileName,
  type KeptPart,
  type ParsedMessage,
  type WantedContent,
} from './parse-message.ts';
import { oneLine, truncate } from './shown-text.ts';
import { openCms } from './signed-content.ts';
import type { TnefFile } from './tnef/read-tnef.ts';

export interface OpenedFormat extends ParsedMessage {
  /** What its S/MIME part turned out to be; null without one. */
  readonly smime: {
    readonly how: 'opened' | 'encrypted' | 'unreadable';
    readonly signer: SignatureFinding | null;
  } | null;
}

/** Signed within signed: each list on the way may have put its own around it. */
const MAX_DEPTH = 3;
/** Containers of one level that are opened; the others stay attachments. */
const MAX_CONTAINERS = 3;

interface Progress extends Omit<OpenedFormat, 'headers' | 'headerLines'> {
  /** The index of the next part. */
  readonly next: number;
}

/**
 * A message with what is packed within it in its place: opaque S/MIME, and Outlook's `winmail.dat`. The leaves of the message itself keep their
 * indices, and those of what was packed follow after all of them. Limits of size hold for each level, that of time for all.
 */
export async function openMessage(
  message: Uint8Array,
  limits: FormatLimits,
  wanted: WantedContent,
): Promise<OpenedFormat> {
  return openAt(message, limits, wanted, { depth: 0, until: performance.now() + limits.time });
}

interface Place {
  readonly depth: number;
  readonly until: number;
}

async function openAt(
  message: Uint8Array,
  limits: FormatLimits,
  wanted: WantedContent,
  place: Place,
): Promise<OpenedFormat> {
  const left = Math.max(0, place.until - performance.now());
  const keep = (contentType: string, fileName: string): number =>
    Math.max(wanted.keep?.(contentType, fileName) ?? 0, containerBytes(contentType, fileName));
  const parsed = await parseMessage(message, { ...limits, time: left }, { ...wanted, keep });
  const { headers, headerLines } = parsed;
  let progress: Progress = { ...parsed, smime: null, next: parsed.parts.length };
  // Found among its own leaves: what is packed need not be opened.
  const isFound = wanted.wantedPart !== undefined && parsed.content !== null;
  const containers = isFound
    ? []
    : parsed.kept.filter((part) => containerKind(part) !== null).slice(0, MAX_CONTAINERS);
  for (const container of containers)
    progress = await withContainer(progress, container, limits, wanted, place);
  const { next: _next, ...opened } = progress;
  return { ...opened, headers, headerLines };
}

async function withContainer(
  progress: Progress,
  container: KeptPart,
  limits: FormatLimits,
  wanted: WantedContent,
  place: Place,
): Promise<Progress> {
  switch (containerKind(container)) {
    case 'smime':
      return withSigned(progress, container, limits, wanted, place);
    case 'tnef':
      return withTnef(progress, container, limits, wanted);
    case null:
      return progress;
  }
}

/** Files of Outlook's own wrapping in place of it, and its words where the message has none. */
async function withTnef(
  progress: Progress,
  container: KeptPart,
  limits: FormatLimits,
  wanted: WantedContent,
): Promise<Progress> {
  if (!container.isWhole) return progress;
  // Its RTF needs a library that nothing else needs.
  const { readTnef } = await import('./tnef/read-tnef.ts');
  const found = readTnef(container.content);
  if (found === null) return progress;
  const isBare = progress.text.trim() === '' && progress.html === null;
  const body = isBare ? found : { ...progress, html: progress.html ?? found.html };
  const rtf = isBare && found.rtf !== null ? [rtfFile(found.rtf)] : [];
  const { next } = progress;
  const files = [...found.attachments, ...rtf];
  return {
    ...progress,
    text: truncate(body.text, limits.textLength),
    html: body.html === null ? null : truncate(body.html, limits.htmlLength),
    isCut: progress.isCut || (body.html ?? '').length > limits.htmlLength,
    parts: [
      ...progress.parts.filter(({ index }) => index !== container.index),
      ...files.map((file, at) => partOf(file, next + at, body.html)),
    ],
    content: progress.content ?? files[(wanted.wantedPart ?? -1) - next]?.content ?? null,
    // Nobody has signed this, and it is shown with what is signed.
    smime: progress.smime && { ...progress.smime, signer: null },
    next: next + files.length,
  };
}

async function withSigned(
  progress: Progress,
  container: KeptPart,
  limits: FormatLimits,
  wanted: WantedContent,
  place: Place,
): Promise<Progress> {
  if (!container.isWhole) return { ...progress, smime: { how: 'unreadable', signer: null } };
  const cms = await openCms(container.content);
  if (cms.kind !== 'signed' || place.depth + 1 >= MAX_DEPTH) {
    const how = cms.kind === 'encrypted' ? 'encrypted' : 'unreadable';
    return { ...progress, smime: { how, signer: null } };
  }
  const { next } = progress;
  const inner = await openAt(cms.content, limits, within(wanted, next), {
    ...place,
    depth: place.depth + 1,
  });
  // What cannot be opened within counts for the whole; the outermost signature is the one that is told of.
  const how = inner.smime?.how ?? 'opened';
  return {
    ...together(progress, inner, limits),
    parts: [
      ...progress.parts.filter(({ index }) => index !== container.index),
      ...inner.parts.map((part) => ({ ...part, index: next + part.index })),
    ],
    kept: [...progress.kept, ...inner.kept],
    content: progress.content ?? inner.content,
    smime: { how, signer: isAll(progress, container) ? cms.signer : null },
    next: next + 1 + Math.max(-1, ...inner.parts.map(({ index }) => index)),
  };
}

/**
 * Nothing is shown but what it holds. Beside other words a signature would seem to be for them too: anybody can put a true
 * one of somebody else's into a message of their own.
 */
function isAll({ text, html, parts }: Progress, { index }: KeptPart): boolean {
  return isEmpty({ text, html }) && parts.every((part) => part.index === index);
}

function isEmpty({ text, html }: Pick<Progress, 'text' | 'html'>): boolean {
  return text.trim() === '' && (html ?? '').trim() === '';
}

function within(wanted: WantedContent, offset: number): WantedContent {
  const { wantedPart, ...rest } = wanted;
  return wantedPart === undefined ? rest : { ...rest, wantedPart: wantedPart - offset };
}

/** What was packed first, and below it what a list has written around it. */
function together(
  outer: Pick<Progress, 'text' | 'html' | 'isCut'>,
  inner: Pick<Progress, 'text' | 'html' | 'isCut'>,
  limits: FormatLimits,
): Pick<Progress, 'text' | 'html' | 'isCut'> {
  const isCut = outer.isCut || inner.isCut;
  if (isEmpty(outer)) return { text: inner.text, html: inner.html, isCut };
  const html =
    outer.html === null && inner.html === null
      ? null
      : `${inner.html ?? asHtml(inner.text)}<hr>${outer.html ?? asHtml(outer.text)}`;
  return {
    text: truncate(`${inner.text}\n\n${outer.text}`, limits.textLength),
    html: html === null ? null : truncate(html, limits.htmlLength),
    isCut,
  };
}

/** Its lines stay as they were. */
function asHtml(text: string): string {
  return `<div style="white-space:pre-wrap">${escapedHtml(text)}</div>`;
}

const TYPES: Readonly<Record<string, string>> = {
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  pdf: 'application/pdf',
  png: 'image/png',
  txt: 'text/plain',
  webp: 'image/webp',
};

/** Outlook seldom says what a file is, so that its name has to; what is shown in place is looked at by its bytes. */
function partOf(file: TnefFile, index: number, html: string | null): AttachmentPart {
  const fileName = safeFileName(file.fileName) || `attachment-${index + 1}`;
  const ending = /\.([a-z0-9]{1,8})$/i.exec(fileName)?.[1]?.toLowerCase() ?? '';
  const contentId = file.contentId === null ? null : oneLine(file.contentId, 998);
  return {
    index,
    fileName,
    contentType: safeContentType(oneLine(file.contentType, 200) || (TYPES[ending] ?? '')),
    size: file.content.length,
    contentId,
    inline: contentId !== null && (html ?? '').includes(`cid:${contentId}`),
  };
}

function rtfFile(content: Buffer): TnefFile {
  return { fileName: 'message.rtf', contentType: 'application/rtf', contentId: null, content };
}

/** A part by its index, which leaves gaps where a container was opened. */
export function partAt(
  parts: readonly AttachmentPart[],
  index: number,
): AttachmentPart | undefined {
  return parts.find((part) => part.index === index);
}
