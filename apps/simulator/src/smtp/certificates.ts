import { generate } from 'selfsigned';
import { PRIMARY_MX_HOST } from '../tenant/identity.ts';

export interface Certificates {
  /** PEM. */
  readonly authority: string;
  readonly host: { readonly key: string; readonly cert: string };
}

/** One certificate covers every tenant's host, as Exchange Online has it. */
const WILDCARD = '*.mail.protection.outlook.com';
/** Of a DNS name in the alternative names, RFC 5280 §4.2.1.6. */
const DNS_NAME = 2;

/** An authority of this start's own, and the certificate of the SMTP host by it. Nothing of it is kept. */
export async function makeCertificates(): Promise<Certificates> {
  const ec = { keyType: 'ec', algorithm: 'sha256' } as const;
  const authority = await generate(
    [{ name: 'commonName', value: 'Simulated certificate authority' }],
    {
      ...ec,
      extensions: [
        { name: 'basicConstraints', cA: true },
        { name: 'keyUsage', keyCertSign: true, cRLSign: true },
      ],
    },
  );
  const host = await generate([{ name: 'commonName', value: WILDCARD }], {
    ...ec,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: DNS_NAME, value: WILDCARD },
          { type: DNS_NAME, value: PRIMARY_MX_HOST },
        ],
      },
    ],
  });
  return { authority: authority.cert, host: { key: host.private, cert: host.cert } };
}
