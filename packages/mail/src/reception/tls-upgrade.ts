import type { Socket } from 'node:net';
import { TLSSocket, type SecureContext } from 'node:tls';

/** RFC 3207. `plain` must have nothing unread: what was sent in clear behind STARTTLS must not count as secured. */
export function upgradeToTls(
  plain: Socket,
  secureContext: SecureContext,
  secured: (tls: string) => void,
): TLSSocket {
  const secure = new TLSSocket(plain, { isServer: true, secureContext });
  // A renegotiation would let a client make us compute for nothing (CVE-2011-1473).
  secure.disableRenegotiation();
  secure.once('secure', () => {
    secured(`${secure.getProtocol() ?? 'TLS'} ${secure.getCipher().name}`);
  });
  return secure;
}
