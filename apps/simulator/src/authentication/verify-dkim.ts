import { createHash, createPublicKey, verify } from 'node:crypto';
import type { Zone } from '../dns/zone.ts';
import { type HeaderField, splitHeader, tagList } from './header-fields.ts';

export interface DkimResult {
  readonly result: 'pass' | 'fail' | 'none';
  /** The domain that signed; null without a signature. */
  readonly domain: string | null;
}

/** RFC 6376, rsa-sha256, as a stranger's server does it: written from the RFC, not from the product. */
export function verifyDkim(raw: Buffer, zone: Zone): DkimResult {
  const { fields, body } = splitHeader(raw);
  const signatures = fields.filter(({ name }) => name === 'dkim-signature');
  let seen: DkimResult = { result: 'none', domain: null };
  for (const signature of signatures) {
    const tags = tagList(signature.text.slice(signature.text.indexOf(':') + 1));
    const domain = tags.get('d') ?? null;
    if (isGood(signature, tags, fields, body, zone)) return { result: 'pass', domain };
    seen = { result: 'fail', domain };
  }
  return seen;
}

function isGood(
  signature: HeaderField,
  tags: Map<string, string>,
  fields: readonly HeaderField[],
  body: string,
  zone: Zone,
): boolean {
  const [headForm = 'simple', bodyForm = 'simple'] = (tags.get('c') ?? 'simple/simple').split('/');
  if (tags.get('v') !== '1' || tags.get('a') !== 'rsa-sha256' || tags.has('l')) return false;
  const names = (tags.get('h') ?? '').toLowerCase().split(':');
  if (!names.includes('from')) return false;
  const hash = createHash('sha256').update(bodyOf(body, bodyForm), 'latin1').digest('base64');
  if (hash !== tags.get('bh')) return false;
  const key = publishedKey(zone, tags.get('s') ?? '', tags.get('d') ?? '');
  if (key === null) return false;
  const left = [...fields];
  const signed = names.flatMap((name) => {
    const at = left.findLastIndex((field) => field.name === name);
    return at < 0 ? [] : left.splice(at, 1);
  });
  const own = { ...signature, text: signature.text.replace(/([;\s]b\s*=)[^;]*/, '$1') };
  const input = [...signed, own].map((field) => fieldOf(field, headForm)).join('\r\n');
  return verify(
    'sha256',
    Buffer.from(input, 'latin1'),
    key,
    Buffer.from(tags.get('b') ?? '', 'base64'),
  );
}

function publishedKey(zone: Zone, selector: string, domain: string) {
  const found = zone.lookup(`${selector}._domainkey.${domain}`, 'TXT');
  const [record] = found.found ? found.records : [];
  if (record?.type !== 'TXT') return null;
  const key = tagList(record.values[0] ?? '').get('p') ?? '';
  try {
    return createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' });
  } catch {
    return null;
  }
}

function fieldOf({ name, text }: HeaderField, form: string): string {
  if (form === 'simple') return text;
  const value = text.slice(text.indexOf(':') + 1).replaceAll('\r\n', '');
  return `${name}:${value.replaceAll(/[ \t]+/g, ' ').trim()}`;
}

function bodyOf(body: string, form: string): string {
  const lines = body.split('\r\n');
  const shaped =
    form === 'simple'
      ? lines
      : lines.map((line) => line.replaceAll(/[ \t]+/g, ' ').replace(/ $/, ''));
  while (shaped.at(-1) === '') shaped.pop();
  if (shaped.length === 0) return form === 'simple' ? '\r\n' : '';
  return `${shaped.join('\r\n')}\r\n`;
}
