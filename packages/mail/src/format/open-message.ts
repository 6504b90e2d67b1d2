import type { AttachmentPart, SignatureFinding } from '@holdfast/application';
import { escapedHtml } from '@holdfast/contracts';
import { containerBytes, containerKind } from './container-parts.ts';
import type { FormatLimits } from './format-limits.ts';
import {
  parseMessage,
  type KeptPart,
  type ParsedMessage,
  type WantedContent,
} from './parse-message.ts';
import { truncate } from './shown-text.ts';
import { openCms } from './signed-content.ts';

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
 * A message with what is packed within it in its place: opaque S/MIME. The leaves of the message itself keep their
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
    smime: { how, signer: cms.signer },
    next: next + 1 + Math.max(-1, ...inner.parts.map(({ index }) => index)),
  };
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
  const isBare = outer.text.trim() === '' && (outer.html ?? '').trim() === '';
  if (isBare) return { text: inner.text, html: inner.html, isCut };
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

/** A part by its index, which leaves gaps where a container was opened. */
export function partAt(
  parts: readonly AttachmentPart[],
  index: number,
): AttachmentPart | undefined {
  return parts.find((part) => part.index === index);
}
