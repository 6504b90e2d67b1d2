import { generateKeyPairSync } from 'node:crypto';

export const DKIM_SELECTOR = 'sim';
const DKIM_KEY_BITS = 2048;

/** The key with which every simulated outside domain signs. Made at each start: no private key is in the repository. */
export interface DkimKey {
  readonly privateKey: string;
  /** The TXT record below `<selector>._domainkey`. */
  readonly record: string;
}

export function createDkimKey(): DkimKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: DKIM_KEY_BITS,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'der' },
  });
  return { privateKey, record: `v=DKIM1; k=rsa; p=${publicKey.toString('base64')}` };
}
