import { createHash } from 'node:crypto';

/** Made once, by chance; part of every job id, so it must never change. */
const NAMESPACE = Buffer.from('5b0c6f1ed2a94c3f8a7792d40e6b13aa', 'hex');

/** The uuid (RFC 9562 §5.5, version 5) that stands for a job's text id in pg-boss, which knows only uuids. */
export function jobUuid(id: string): string {
  const hash = createHash('sha1').update(NAMESPACE).update(id).digest().subarray(0, 16);
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
