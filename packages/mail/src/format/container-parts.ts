const SMIME = /^application\/(?:x-)?pkcs7-mime$/;
const TNEF = /^application\/(?:vnd\.)?ms-tnef$/;
const NO_TYPE = 'application/octet-stream';
/** Bytes; larger ones stay attachments. */
const MAX_CONTAINER = 32 * 1024 * 1024;

export type ContainerKind = 'smime' | 'tnef';

/** By its type or, as some gateways leave it, by its name alone (of S/MIME RFC 8551 §3.2.1). */
export function containerKind(part: {
  readonly contentType: string;
  readonly fileName: string;
}): ContainerKind | null {
  const { contentType, fileName } = part;
  if (SMIME.test(contentType) || (contentType === NO_TYPE && /\.p7m$/i.test(fileName)))
    return 'smime';
  if (TNEF.test(contentType) || (contentType === NO_TYPE && /^win(?:mail)?\.dat$/i.test(fileName)))
    return 'tnef';
  return null;
}

export function containerBytes(contentType: string, fileName: string): number {
  return containerKind({ contentType, fileName }) === null ? 0 : MAX_CONTAINER;
}
