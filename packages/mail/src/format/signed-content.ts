import type { SignatureFinding } from '@holdfast/application';
import type * as Pki from 'pkijs';
import { oneLine } from './shown-text.ts';

/** What a CMS structure (RFC 5652) holds: `application/pkcs7-mime` whatever it calls itself. */
export type CmsContent =
  | { readonly kind: 'signed'; readonly content: Buffer; readonly signer: SignatureFinding | null }
  | { readonly kind: 'encrypted' }
  | { readonly kind: 'unreadable' };

const SIGNED = '1.2.840.113549.1.7.2';
/** Enveloped, and authenticated-enveloped (RFC 5083). */
const ENCRYPTED: ReadonlySet<string> = new Set([
  '1.2.840.113549.1.7.3',
  '1.2.840.113549.1.9.16.1.23',
]);
const COMMON_NAME = '2.5.4.3';
const ORGANISATION = '2.5.4.10';
const EMAIL = '1.2.840.113549.1.9.1';
const ALTERNATIVE_NAMES = '2.5.29.17';
/** GeneralName: rfc822Name (RFC 5280 §4.2.1.6). */
const RFC822_NAME = 1;
/** MD5 and SHA-1: other words can be made to fit the same signature. */
const WEAK_DIGESTS: ReadonlySet<string> = new Set(['1.2.840.113549.2.5', '1.3.14.3.2.26']);
/** ASN.1 within ASN.1, and elements in all: honest ones have 20 levels, and of large content one element for each KiB. */
const BOUNDS = { maxDepth: 60, maxNodes: 100_000 };
const MAX_NAME = 200;
const MAX_ADDRESSES = 5;

/**
 * Opens what is signed opaque, and says whether the signature fits the content and the certificate that came along. That
 * proves that whoever holds that certificate's key signed these words; who that is, only whoever issued the certificate
 * says, and nobody here knows whether to believe them. Never rejects.
 */
export async function openCms(bytes: Buffer): Promise<CmsContent> {
  try {
    const pki = await import('pkijs');
    const info = await contentInfo(pki, bytes);
    if (ENCRYPTED.has(info.contentType)) return { kind: 'encrypted' };
    if (info.contentType !== SIGNED) return { kind: 'unreadable' };
    const signed = new pki.SignedData({ schema: info.content });
    const inside = signed.encapContentInfo.eContent?.getValue();
    if (inside === undefined || inside.byteLength === 0) return { kind: 'unreadable' };
    return {
      kind: 'signed',
      content: Buffer.from(inside),
      signer: await signerOf(pki, signed, undefined),
    };
  } catch {
    return { kind: 'unreadable' };
  }
}

/** The same of a signature beside what it signs (`multipart/signed`, RFC 8551 §3.5.3). Null when it cannot be read. */
export async function checkDetached(
  signature: Buffer,
  signedBytes: Buffer,
): Promise<SignatureFinding | null> {
  try {
    const pki = await import('pkijs');
    const info = await contentInfo(pki, signature);
    if (info.contentType !== SIGNED) return null;
    const signed = new pki.SignedData({ schema: info.content });
    return await signerOf(pki, signed, Uint8Array.from(signedBytes).buffer);
  } catch {
    return null;
  }
}

async function contentInfo(pki: typeof Pki, bytes: Buffer): Promise<Pki.ContentInfo> {
  const { fromBER } = await import('asn1js');
  const { offset, result } = fromBER(Uint8Array.from(bytes), {
    ...BOUNDS,
    maxContentLength: bytes.length,
  });
  if (offset === -1) throw new Error('This is no ASN.1');
  return new pki.ContentInfo({ schema: result });
}

async function signerOf(
  pki: typeof Pki,
  signed: Pki.SignedData,
  data: ArrayBuffer | undefined,
): Promise<SignatureFinding | null> {
  if (signed.signerInfos.length === 0) return null;
  const found = await signed
    .verify({
      signer: 0,
      checkChain: false,
      extendedMode: true,
      ...(data === undefined ? {} : { data }),
    })
    .catch((error: unknown) => {
      if (error instanceof pki.SignedDataVerifyError) return error;
      throw error;
    });
  const certificate = found.signerCertificate ?? null;
  if (certificate === null) return null;
  const isWeak = WEAK_DIGESTS.has(signed.signerInfos[0]?.digestAlgorithm.algorithmId ?? '');
  return { ...namesOf(certificate), fits: isWeak ? 'unknown' : fitsOf(found) };
}

/** Neither: it was not come that far, as with algorithms that nobody uses any more. */
function fitsOf(found: Pick<Pki.SignedDataVerifyResult, 'signatureVerified' | 'message'>) {
  if (found.signatureVerified === true) return 'yes';
  const isOther = /digest doesn't match/.test(found.message);
  return found.signatureVerified === false || isOther ? 'no' : 'unknown';
}

function namesOf(certificate: Pki.Certificate): Omit<SignatureFinding, 'fits'> {
  const named = certificate.extensions?.find(({ extnID }) => extnID === ALTERNATIVE_NAMES);
  const parsed: unknown = named?.parsedValue;
  const names: unknown =
    typeof parsed === 'object' && parsed !== null && 'altNames' in parsed ? parsed.altNames : [];
  const addresses = [
    ...(Array.isArray(names) ? names.flatMap((name: unknown) => addressIn(name)) : []),
    ...valuesOf(certificate.subject, EMAIL),
  ];
  return {
    name: valuesOf(certificate.subject, COMMON_NAME)[0] ?? '',
    addresses: [...new Set(addresses.map((address) => oneLine(address, 320).toLowerCase()))].slice(
      0,
      MAX_ADDRESSES,
    ),
    issuer:
      valuesOf(certificate.issuer, COMMON_NAME)[0] ??
      valuesOf(certificate.issuer, ORGANISATION)[0] ??
      '',
  };
}

function addressIn(name: unknown): readonly string[] {
  if (typeof name !== 'object' || name === null || !('type' in name) || !('value' in name))
    return [];
  return name.type === RFC822_NAME && typeof name.value === 'string' ? [name.value] : [];
}

function valuesOf(name: Pki.RelativeDistinguishedNames, wanted: string): readonly string[] {
  return name.typesAndValues.flatMap(({ type, value }) => {
    const text: unknown = value.valueBlock.value;
    return type === wanted && typeof text === 'string' ? [oneLine(text, MAX_NAME)] : [];
  });
}
