import { parseIp } from '@holdfast/domain';

/** The PROXY protocol, versions 1 and 2 (haproxy.org, proxy-protocol.txt): who stands behind a load balancer. */
export type ProxyHeader =
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'invalid' }
  | {
      readonly kind: 'header';
      /** Bytes of the header. */
      readonly length: number;
      /** Null: the balancer speaks for itself, in a health check for one. */
      readonly source: string | null;
    };

const SIGNATURE = Buffer.from('\r\n\r\n\0\r\nQUIT\n', 'latin1');
/** Version 1, its CRLF included. Unit: bytes. */
const LONGEST_TEXT = 107;
/** Version 2: addresses and what balancers add of their own. Unit: bytes. */
const LONGEST_BINARY = 4096;
const BINARY_HEAD = 16;

const INCOMPLETE: ProxyHeader = { kind: 'incomplete' };
const INVALID: ProxyHeader = { kind: 'invalid' };

export function readProxyHeader(bytes: Buffer): ProxyHeader {
  const signed = Math.min(bytes.length, SIGNATURE.length);
  if (bytes.subarray(0, signed).equals(SIGNATURE.subarray(0, signed))) {
    return bytes.length < BINARY_HEAD ? INCOMPLETE : readBinary(bytes);
  }
  return readText(bytes);
}

function readText(bytes: Buffer): ProxyHeader {
  const text = bytes.toString('latin1', 0, Math.min(bytes.length, LONGEST_TEXT));
  const end = text.indexOf('\r\n');
  if (end === -1) {
    const begins = 'PROXY '.startsWith(text.slice(0, 6));
    return begins && text.length < LONGEST_TEXT ? INCOMPLETE : INVALID;
  }
  const [word, family, source = ''] = text.slice(0, end).split(' ');
  if (word !== 'PROXY') return INVALID;
  const length = end + 2;
  if (family === 'UNKNOWN') return { kind: 'header', length, source: null };
  if (family !== 'TCP4' && family !== 'TCP6') return INVALID;
  return parseIp(source) === null ? INVALID : { kind: 'header', length, source };
}

function readBinary(bytes: Buffer): ProxyHeader {
  const versionAndCommand = bytes.readUInt8(12);
  const family = bytes.readUInt8(13);
  const rest = bytes.readUInt16BE(14);
  const length = BINARY_HEAD + rest;
  if (versionAndCommand >> 4 !== 2 || length > LONGEST_BINARY) return INVALID;
  if (bytes.length < length) return INCOMPLETE;
  const command = versionAndCommand & 0x0f;
  if (command > 1) return INVALID;
  if (command === 0) return { kind: 'header', length, source: null };
  const address = bytes.subarray(BINARY_HEAD, length);
  if (family === 0x11) {
    return rest < 12
      ? INVALID
      : { kind: 'header', length, source: address.subarray(0, 4).join('.') };
  }
  if (family === 0x21) {
    return rest < 36 ? INVALID : { kind: 'header', length, source: ipv6Text(address) };
  }
  return { kind: 'header', length, source: null };
}

function ipv6Text(address: Buffer): string {
  const groups = [0, 2, 4, 6, 8, 10, 12, 14].map((at) => address.readUInt16BE(at).toString(16));
  return groups.join(':');
}
