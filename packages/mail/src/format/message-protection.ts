import type { MessageProtection, SignatureFinding } from '@holdfast/application';
import type { OpenedFormat } from './open-message.ts';

const SMIME = /^application\/(?:x-)?pkcs7-(?:mime|signature)$/i;
const PGP = /^application\/pgp-(?:encrypted|signature)$/i;

/** From what S/MIME turned out to hold, the outermost type, or the armour of inline PGP, whose signature is not looked at. */
export function protectionOf(
  parsed: Pick<OpenedFormat, 'headers' | 'text' | 'parts' | 'smime'>,
  detached: SignatureFinding | null,
): MessageProtection | null {
  const { type, protocol, smimeType } = outermost(parsed);
  if (parsed.smime !== null) {
    const { how, signer } = parsed.smime;
    if (how === 'opened') return { by: 'smime', how: 'signed', signer };
    const isSigned = how === 'unreadable' && /^signed-data$/i.test(smimeType);
    return { by: 'smime', how: isSigned ? 'opaque' : 'encrypted', signer };
  }
  switch (type) {
    case 'multipart/signed':
      return PGP.test(protocol)
        ? { by: 'pgp', how: 'signed', signer: null }
        : { by: 'smime', how: 'signed', signer: detached };
    case 'multipart/encrypted':
      return { by: 'pgp', how: 'encrypted', signer: null };
  }
  const beginning = parsed.text.trimStart();
  if (beginning.startsWith('-----BEGIN PGP MESSAGE-----'))
    return { by: 'pgp', how: 'encrypted', signer: null };
  if (beginning.startsWith('-----BEGIN PGP SIGNED MESSAGE-----'))
    return { by: 'pgp', how: 'signed', signer: null };
  // Under a footer that a list has put around it.
  const inner = parsed.parts.find(
    ({ contentType }) => SMIME.test(contentType) || PGP.test(contentType),
  );
  if (inner === undefined) return null;
  const by = PGP.test(inner.contentType) ? 'pgp' : 'smime';
  const how = inner.contentType.endsWith('signature') ? 'signed' : 'encrypted';
  return { by, how, signer: null };
}

interface Outermost {
  readonly type: string;
  readonly protocol: string;
  readonly smimeType: string;
}

function outermost({ headers }: Pick<OpenedFormat, 'headers'>): Outermost {
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
