import type { MessageProtection } from '@holdfast/application';
import { base64, letter, parts, type RealMail } from './letter.ts';

const TEXT = 'Content-Type: text/plain; charset=utf-8\n\n';
const SIGNATURE = base64('not a signature that anybody checks here');

/** Signed, encrypted, and wrapped by one program: shown as far as can be, and named where it cannot. */
export const PROTECTED: readonly (RealMail & { readonly protection: MessageProtection | null })[] =
  [
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
      protection: { by: 'smime', how: 'signed' },
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
      protection: { by: 'smime', how: 'opaque' },
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
      protection: { by: 'smime', how: 'encrypted' },
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
      protection: { by: 'pgp', how: 'signed' },
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
      protection: { by: 'pgp', how: 'encrypted' },
    },
    {
      name: 'PGP inline, signed',
      raw: letter(
        { 'Content-Type': 'text/plain; charset=utf-8' },
        '-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\nInline words\n-----BEGIN PGP SIGNATURE-----\n\nx\n-----END PGP SIGNATURE-----',
      ),
      shows: ['Inline words'],
      protection: { by: 'pgp', how: 'signed' },
    },
    {
      name: 'winmail.dat',
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
