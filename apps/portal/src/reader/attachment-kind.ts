import type { MessageView } from '@holdfast/contracts';

export type Part = MessageView['parts'][number];

/** How an attachment is shown without being opened by another program; null: it is downloaded. */
export type PreviewKind = 'picture' | 'pdf' | 'text';

const PICTURES: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
]);
const TEXT = /^(?:text\/(?!html|xml|javascript)[\w.+-]+|application\/json|message\/[\w.+-]+)$/;

/** By what the sender says it is; the server looks at the bytes and hands out nothing that runs. */
export function previewKind(part: Pick<Part, 'contentType'>): PreviewKind | null {
  if (PICTURES.has(part.contentType)) return 'picture';
  if (part.contentType === 'application/pdf') return 'pdf';
  return TEXT.test(part.contentType) ? 'text' : null;
}

/** What is listed below the message: not the pictures that its HTML shows. */
export function listedParts(message: Pick<MessageView, 'parts' | 'html'>): readonly Part[] {
  const { html } = message;
  if (html === null) return message.parts;
  return message.parts.filter(
    ({ contentId }) => contentId === null || !html.includes(`data-cid="${contentId}"`),
  );
}
