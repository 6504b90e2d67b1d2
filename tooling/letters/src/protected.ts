import { aTnef } from './tnef.ts';
import { base64, letter, parts, RED_PIXEL, type RealMail } from './letter.ts';
import { SIGNED_ENTITY, SIGNED_SAMPLES } from './signed-samples.ts';

const TEXT = 'Content-Type: text/plain; charset=utf-8\n\n';
const SIGNATURE = base64('not a signature that anybody checks here');

const MONA = {
  name: 'Mona Kane',
  addresses: ['mona.kane@fabrikam.example'],
  issuer: 'Fabrikam Mail CA',
  fits: 'yes' as const,
};
const ROSA = { name: 'Rosa', addresses: ['rosa@fabrikam.example'], issuer: 'Rosa' };

function opaque(type: string, content: string): Buffer {
  return letter({ 'Content-Type': type, 'Content-Transfer-Encoding': 'base64' }, lines(content));
}

function lines(content: string): string {
  return content.replace(/.{76}/g, '$&\n');
}

/** One word of the content changed. */
function tampered(content: string): string {
  const bytes = Buffer.from(content, 'base64');
  bytes.write('WORDS', bytes.indexOf('words'));
  return bytes.toString('base64');
}

/** How a letter is protected, as the product says it: written down here anew, since nothing of the product is known here. */
interface Protection {
  readonly by: 'smime' | 'pgp';
  readonly how: 'signed' | 'opaque' | 'encrypted';
  /** `fits`: whether the signature is one of these words. */
  readonly signer: {
    readonly name: string;
    readonly addresses: readonly string[];
    readonly issuer: string;
    readonly fits: 'yes' | 'no' | 'unknown';
  } | null;
}

/** Signed, encrypted, and wrapped by one program: shown as far as can be, and named where it cannot. */
export const PROTECTED: readonly (RealMail & { readonly protection: Protection | null })[] = [
  {
    name: 'S/MIME, signed opaque, as Outlook does',
    raw: opaque(
      'application/pkcs7-mime; smime-type=signed-data; name=smime.p7m',
      SIGNED_SAMPLES.opaque,
    ),
    shows: ['Signed <b>words</b> in HTML'],
    attachments: 1,
    protection: { by: 'smime', how: 'signed', signer: MONA },
  },
  {
    name: 'S/MIME, signed opaque, lengths left open, without smime-type',
    raw: opaque('application/x-pkcs7-mime', SIGNED_SAMPLES.opaqueStreamed),
    shows: ['Signed <b>words</b>'],
    attachments: 1,
    protection: { by: 'smime', how: 'signed', signer: MONA },
  },
  {
    name: 'S/MIME, signed opaque, known by its name alone, with a list’s footer',
    raw: letter(
      { 'Content-Type': 'multipart/mixed; boundary=m' },
      parts(
        'm',
        `Content-Type: application/octet-stream; name=smime.p7m\nContent-Disposition: attachment; filename=smime.p7m\nContent-Transfer-Encoding: base64\n\n${lines(SIGNED_SAMPLES.opaquePss)}`,
        `${TEXT}-- \nThe list of lorries & gates`,
      ),
    ),
    shows: ['Signed <b>words</b>', 'The list of lorries &amp; gates'],
    attachments: 1,
    protection: { by: 'smime', how: 'signed', signer: null },
  },
  {
    name: 'S/MIME, signed opaque with SHA-1: nobody can say',
    raw: opaque('application/pkcs7-mime; smime-type=signed-data', SIGNED_SAMPLES.opaqueSha1),
    shows: ['Signed <b>words</b>'],
    attachments: 1,
    protection: { by: 'smime', how: 'signed', signer: { ...ROSA, fits: 'unknown' } },
  },
  {
    name: 'S/MIME, signed opaque and changed on its way',
    raw: opaque('application/pkcs7-mime', tampered(SIGNED_SAMPLES.opaque)),
    shows: ['Signed <b>WORDS</b>'],
    attachments: 1,
    protection: { by: 'smime', how: 'signed', signer: { ...MONA, fits: 'no' } },
  },
  {
    name: 'S/MIME, encrypted, without smime-type',
    raw: opaque('application/pkcs7-mime; name=smime.p7m', SIGNED_SAMPLES.encrypted),
    shows: [],
    attachments: 1,
    protection: { by: 'smime', how: 'encrypted', signer: null },
  },
  {
    name: 'S/MIME, signed in the clear, with its certificate',
    raw: letter(
      {
        'Content-Type':
          'multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256; boundary=s',
      },
      parts(
        's',
        SIGNED_ENTITY,
        `Content-Type: application/pkcs7-signature; name=smime.p7s\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename=smime.p7s\n\n${lines(SIGNED_SAMPLES.detached)}`,
      ),
    ),
    shows: ['Signed words'],
    attachments: 1,
    protection: { by: 'smime', how: 'signed', signer: MONA },
  },
  {
    name: 'S/MIME, signed in the clear',
    raw: letter(
      {
        'Content-Type':
          'multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256; boundary=s',
      },
      parts(
        's',
        `${TEXT}Signed words`,
        `Content-Type: application/pkcs7-signature; name=smime.p7s\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename=smime.p7s\n\n${SIGNATURE}`,
      ),
    ),
    shows: ['Signed words'],
    attachments: 1,
    protection: { by: 'smime', how: 'signed', signer: null },
  },
  {
    name: 'S/MIME, signed opaque',
    raw: letter(
      {
        'Content-Type': 'application/pkcs7-mime; smime-type=signed-data; name=smime.p7m',
        'Content-Transfer-Encoding': 'base64',
      },
      SIGNATURE,
    ),
    shows: [],
    attachments: 1,
    protection: { by: 'smime', how: 'opaque', signer: null },
  },
  {
    name: 'S/MIME, encrypted',
    raw: letter(
      {
        'Content-Type': 'application/x-pkcs7-mime; smime-type=enveloped-data; name=smime.p7m',
        'Content-Transfer-Encoding': 'base64',
      },
      SIGNATURE,
    ),
    shows: [],
    attachments: 1,
    protection: { by: 'smime', how: 'encrypted', signer: null },
  },
  {
    name: 'PGP/MIME, signed',
    raw: letter(
      {
        'Content-Type':
          'multipart/signed; protocol="application/pgp-signature"; micalg=pgp-sha512; boundary=s',
      },
      parts(
        's',
        `${TEXT}Words under PGP`,
        `Content-Type: application/pgp-signature; name=signature.asc\n\n-----BEGIN PGP SIGNATURE-----\n\nx\n-----END PGP SIGNATURE-----`,
      ),
    ),
    shows: ['Words under PGP'],
    attachments: 1,
    protection: { by: 'pgp', how: 'signed', signer: null },
  },
  {
    name: 'PGP/MIME, encrypted',
    raw: letter(
      { 'Content-Type': 'multipart/encrypted; protocol="application/pgp-encrypted"; boundary=s' },
      parts(
        's',
        'Content-Type: application/pgp-encrypted\n\nVersion: 1',
        'Content-Type: application/octet-stream; name=encrypted.asc\n\n-----BEGIN PGP MESSAGE-----\n\nx\n-----END PGP MESSAGE-----',
      ),
    ),
    shows: [],
    attachments: 2,
    protection: { by: 'pgp', how: 'encrypted', signer: null },
  },
  {
    name: 'PGP inline, signed',
    raw: letter(
      { 'Content-Type': 'text/plain; charset=utf-8' },
      '-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\nInline words\n-----BEGIN PGP SIGNATURE-----\n\nx\n-----END PGP SIGNATURE-----',
    ),
    shows: ['Inline words'],
    protection: { by: 'pgp', how: 'signed', signer: null },
  },
  {
    name: 'winmail.dat with a picture, a sheet and HTML',
    raw: letter(
      { 'Content-Type': 'multipart/mixed; boundary=m', Subject: 'Plan of gate 2' },
      parts(
        'm',
        `${TEXT}Adele, the plan of gate 2.`,
        `Content-Type: application/ms-tnef; name="winmail.dat"\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename="winmail.dat"\n\n${base64(
          aTnef({
            html: '<p>Adele, the <b>plan</b> of gate 2. <img src="cid:plan@x" width="80" height="80" alt="Plan"></p>',
            files: [
              {
                name: 'Gate 2.png',
                content: Buffer.from(RED_PIXEL, 'base64'),
                contentId: 'plan@x',
              },
              { name: 'Übersicht 2027.xlsx', content: Buffer.from('PK') },
            ],
          }),
        )}`,
      ),
    ),
    shows: ['the <b>plan</b> of gate 2', 'data-cid="plan@x"'],
    attachments: 1,
    protection: null,
  },
  {
    name: 'winmail.dat alone, known by its name',
    raw: letter(
      {
        'Content-Type': 'application/octet-stream; name=winmail.dat',
        'Content-Transfer-Encoding': 'base64',
        Subject: 'Minutes',
      },
      base64(
        aTnef({
          body: 'The minutes are attached.',
          files: [{ name: 'Minutes.txt', content: Buffer.from('1. Gates') }],
        }),
      ),
    ),
    shows: ['The minutes are attached.'],
    attachments: 1,
    protection: null,
  },
  {
    name: 'winmail.dat, damaged',
    raw: letter(
      { 'Content-Type': 'multipart/mixed; boundary=m' },
      parts(
        'm',
        `${TEXT}From old Outlook`,
        `Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename=winmail.dat\n\n${base64(Buffer.from('789f3e22', 'hex'))}`,
      ),
    ),
    shows: ['From old Outlook'],
    attachments: 1,
    protection: null,
  },
];
