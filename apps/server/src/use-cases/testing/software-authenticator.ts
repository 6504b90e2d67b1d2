import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { PasskeyJson } from '@holdfast/application';

/** Flags of authenticator data: user present, user verified, credential data attached (WebAuthn §6.1). */
const PRESENT = 0x01;
const VERIFIED = 0x04;
const ATTACHED = 0x40;

export interface SoftwareAuthenticator {
  /** Answers options for making a passkey, as a browser on `origin` does. */
  make(options: PasskeyJson): PasskeyJson;
  /** Answers options for signing in. */
  assert(options: PasskeyJson): PasskeyJson;
}

/** A passkey in memory: P-256, without attestation. */
export function createSoftwareAuthenticator(
  origin: string,
  options: { readonly verifies?: boolean; readonly counts?: boolean } = {},
): SoftwareAuthenticator {
  const { verifies = true, counts = true } = options;
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(32);
  const rpIdHash = createHash('sha256').update(new URL(origin).hostname).digest();
  let counter = 0;

  function authenticatorData(attached: Buffer | null): Buffer {
    if (counts) counter += 1;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    const flags = PRESENT | (verifies ? VERIFIED : 0) | (attached === null ? 0 : ATTACHED);
    return Buffer.concat([rpIdHash, Buffer.of(flags), count, attached ?? Buffer.alloc(0)]);
  }

  const clientData = (type: string, challenge: unknown): Buffer =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));

  const answer = (response: Readonly<Record<string, unknown>>): PasskeyJson => ({
    id: id.toString('base64url'),
    rawId: id.toString('base64url'),
    type: 'public-key',
    clientExtensionResults: {},
    response,
  });

  return {
    make({ challenge }) {
      const length = Buffer.of(id.length >> 8, id.length & 0xff);
      const attached = Buffer.concat([
        Buffer.alloc(16),
        length,
        id,
        coseKey(publicKey.export({ format: 'jwk' })),
      ]);
      const data = authenticatorData(attached);
      const attestation = Buffer.concat([
        Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746159', 'hex'),
        Buffer.of(data.length >> 8, data.length & 0xff),
        data,
      ]);
      return answer({
        clientDataJSON: clientData('webauthn.create', challenge).toString('base64url'),
        attestationObject: attestation.toString('base64url'),
        transports: ['internal'],
      });
    },
    assert({ challenge }) {
      const data = authenticatorData(null);
      const client = clientData('webauthn.get', challenge);
      const signed = Buffer.concat([data, createHash('sha256').update(client).digest()]);
      return answer({
        clientDataJSON: client.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: sign('sha256', signed, privateKey).toString('base64url'),
      });
    },
  };
}

/** COSE_Key in CBOR (RFC 9053 §7.1): EC2, ES256, P-256, x, y. */
function coseKey(jwk: { readonly x?: string; readonly y?: string }): Buffer {
  return Buffer.concat([
    Buffer.from('a5010203262001215820', 'hex'),
    Buffer.from(jwk.x ?? '', 'base64url'),
    Buffer.from('225820', 'hex'),
    Buffer.from(jwk.y ?? '', 'base64url'),
  ]);
}
