import { createHash, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { OwnCertificates } from '@holdfast/application';

/** Reads the certificate that mx shows, each time anew: it is renewed while the product runs. */
export function createOwnCertificates(file: string): OwnCertificates {
  return {
    async read() {
      const [leaf, ...above] = await readChain(file);
      if (leaf === undefined) return null;
      const { subjectAltName, validToDate } = leaf;
      return {
        selfSigned: leaf.checkIssued(leaf),
        names: (subjectAltName ?? '')
          .split(', ')
          .flatMap((name) => (name.startsWith('DNS:') ? [name.slice('DNS:'.length)] : [])),
        notAfter: validToDate.getTime(),
        leaf: digestsOf(leaf),
        chain: above.map(digestsOf),
      };
    },
  };
}

/** Empty when it lies on another host, or cannot be read: nothing is known then. */
async function readChain(file: string): Promise<readonly X509Certificate[]> {
  try {
    const text = await readFile(file, 'utf8');
    const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
    return blocks.map((block) => new X509Certificate(block));
  } catch {
    return [];
  }
}

/** By selector and matching type of a TLSA record (RFC 6698 §2.1). */
function digestsOf(certificate: X509Certificate): Readonly<Record<string, string>> {
  const forms = {
    0: certificate.raw,
    1: certificate.publicKey.export({ type: 'spki', format: 'der' }),
  };
  return Object.fromEntries(
    Object.entries(forms).flatMap(([selector, bytes]) => [
      [`${selector}/0`, bytes.toString('hex')],
      [`${selector}/1`, createHash('sha256').update(bytes).digest('hex')],
      [`${selector}/2`, createHash('sha512').update(bytes).digest('hex')],
    ]),
  );
}
