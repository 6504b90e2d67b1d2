import type { MessageProtection } from '@holdfast/application';
import type { ParsedMessage } from './parse-message.ts';

const SMIME = /^application\/(?:x-)?pkcs7-(?:mime|signature)$/i;
const PGP = /^application\/pgp-(?:encrypted|signature)$/i;

/** From the outermost type, or from the armour of inline PGP; whether a signature holds is not looked at. */
export function protectionOf(
  parsed: Pick<ParsedMessage, 'headers' | 'text' | 'parts'>,
): MessageProtection | null {
  const { type, protocol, smimeType } = outermost(parsed);
  switch (type) {
    case 'multipart/signed':
      return { by: PGP.test(protocol) ? 'pgp' : 'smime', how: 'signed' };
    case 'multipart/encrypted':
      return { by: 'pgp', how: 'encrypted' };
  }
  if (SMIME.test(type))
    return { by: 'smime', how: /^signed-data$/i.test(smimeType) ? 'opaque' : 'encrypted' };
  const beginning = parsed.text.trimStart();
  if (beginning.startsWith('-----BEGIN PGP MESSAGE-----')) return { by: 'pgp', how: 'encrypted' };
  if (beginning.startsWith('-----BEGIN PGP SIGNED MESSAGE-----'))
    return { by: 'pgp', how: 'signed' };
  // Under a footer that a list has put around it.
  const inner = parsed.parts.find(
    ({ contentType }) => SMIME.test(contentType) || PGP.test(contentType),
  );
  if (inner === undefined) return null;
  const by = PGP.test(inner.contentType) ? 'pgp' : 'smime';
  const how = inner.contentType.endsWith('signature') ? 'signed' : 'encrypted';
  return { by, how };
}

interface Outermost {
  readonly type: string;
  readonly protocol: string;
  readonly smimeType: string;
}

function outermost({ headers }: Pick<ParsedMessage, 'headers'>): Outermost {
  const field: unknown = headers.get('content-type');
  if (typeof field !== 'object' || field === null || !('value' in field))
    return { type: '', protocol: '', smimeType: '' };
  const params: unknown = 'params' in field ? field.params : null;
  return {
    type: String(field.value).toLowerCase(),
    protocol: parameter(params, 'protocol'),
    smimeType: parameter(params, 'smime-type'),
  };
}

function parameter(params: unknown, name: string): string {
  if (typeof params !== 'object' || params === null) return '';
  const value: unknown = Reflect.get(params, name);
  return typeof value === 'string' ? value : '';
}
