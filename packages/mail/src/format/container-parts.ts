const SMIME = /^application\/(?:x-)?pkcs7-mime$/;
const NO_TYPE = 'application/octet-stream';
/** Bytes; larger ones stay attachments. */
const MAX_CONTAINER = 32 * 1024 * 1024;

export type ContainerKind = 'smime';

/** S/MIME in one piece, by its type or, as some gateways leave it, by its name alone (RFC 8551 §3.2.1). */
export function containerKind(part: {
  readonly contentType: string;
  readonly fileName: string;
}): ContainerKind | null {
  const { contentType, fileName } = part;
  if (SMIME.test(contentType) || (contentType === NO_TYPE && /\.p7m$/i.test(fileName)))
    return 'smime';
  return null;
}

export function containerBytes(contentType: string, fileName: string): number {
  return containerKind({ contentType, fileName }) === null ? 0 : MAX_CONTAINER;
}
