import { createSign, createHash, generateKeyPairSync } from 'node:crypto';
import type { Zone } from './dns-server.ts';

/** The outside domain that all load comes from; names reserved by RFC 2606. */
export const SENDER = 'mona.kane@fabrikam.example';
export const SENDER_HOST = 'mail.fabrikam.example';
const DOMAIN = 'fabrikam.example';
const SELECTOR = 'rig';
const KEY_BITS = 2048;

export interface SenderDomain {
  readonly zone: Zone;
  /** The message with a DKIM signature on top (RFC 6376, rsa-sha256, relaxed/relaxed). Its line ends are CRLF. */
  sign(message: string): string;
}

/**
 * A domain with SPF for loopback, a DKIM key and DMARC: what mail of a well-kept sender looks like to mx. The tenant's
 * hosts are in the same zone. Signing is written out here, since what checks it is the product's library.
 */
export function makeSenderDomain(tenantHosts: readonly string[] = []): SenderDomain {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: KEY_BITS,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'der' },
  });
  return {
    zone: {
      A: Object.fromEntries(
        [DOMAIN, SENDER_HOST, ...tenantHosts].map((name) => [name.toLowerCase(), '127.0.0.1']),
      ),
      TXT: {
        [DOMAIN]: 'v=spf1 ip4:127.0.0.0/8 -all',
        [`_dmarc.${DOMAIN}`]: 'v=DMARC1; p=reject',
        [`${SELECTOR}._domainkey.${DOMAIN}`]: `v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`,
      },
    },
    sign(message) {
      const end = message.indexOf('\r\n\r\n');
      const signed = ['from', 'to', 'subject', 'date', 'message-id'];
      const head = message
        .slice(0, end)
        .replaceAll(/\r\n[ \t]+/g, ' ')
        .split('\r\n');
      const fields = signed.flatMap(
        (name) => head.find((line) => line.toLowerCase().startsWith(`${name}:`)) ?? [],
      );
      const names = fields.map((line) => line.slice(0, line.indexOf(':')).toLowerCase());
      const body = relaxedBody(message.slice(end + 4));
      const hash = createHash('sha256').update(body, 'latin1').digest('base64');
      const unsigned =
        `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=${DOMAIN}; s=${SELECTOR};` +
        ` h=${names.join(':')}; bh=${hash}; b=`;
      const data = [...fields, unsigned].map(relaxedField).join('\r\n');
      const signature = createSign('RSA-SHA256').update(data, 'latin1').sign(privateKey, 'base64');
      const folded = signature.replaceAll(/.{72}/g, '$&\r\n ');
      return `${unsigned.replace('; h=', ';\r\n h=').replace('; bh=', ';\r\n bh=').replace('; b=', ';\r\n b=')}${folded}\r\n${message}`;
    },
  };
}

/** RFC 6376 §3.4.2. */
function relaxedField(line: string): string {
  const colon = line.indexOf(':');
  const value = line
    .slice(colon + 1)
    .replaceAll(/[ \t]+/g, ' ')
    .trim();
  return `${line.slice(0, colon).trim().toLowerCase()}:${value}`;
}

/** RFC 6376 §3.4.4. */
function relaxedBody(body: string): string {
  const lines = body.split('\r\n').map((line) => line.replaceAll(/[ \t]+/g, ' ').replace(/ $/, ''));
  while (lines.at(-1) === '') lines.pop();
  return lines.length === 0 ? '' : `${lines.join('\r\n')}\r\n`;
}
