/** Above it a message goes in circles (RFC 5321 §6.3 advises at least 100 or a way to tell; Postfix `hopcount_limit`). */
export const MAX_RECEIVED_FIELDS = 50;

/**
 * So often may a message come by our own hosts: a forward from one customer to another and back is honest, more is a loop
 * between us and the tenant, and each round of it is cheaper to end than to make.
 */
export const MAX_OWN_RECEIVED_FIELDS = 3;

/** More header than this is not looked through: every hop adds its field on top. Unit: bytes. */
const LOOKED_THROUGH = 256 * 1024;

export type HopProblem = 'too-many-hops' | 'own-loop';

/** Looks at the `Received` fields of the beginning of a message; `head` has CRLF line ends. */
export function createHopGuard(hostnames: readonly string[]): (head: Buffer) => HopProblem | null {
  // A name without a dot, `localhost` for one, stands in the fields of strangers too.
  const own = hostnames.filter((name) => name.includes('.')).map(escapeForPattern);
  const byUs = own.length === 0 ? null : new RegExp(`\\sby\\s+(?:${own.join('|')})[\\s;(]`, 'i');
  return (head) => {
    const fields = receivedFields(head);
    if (fields.length > MAX_RECEIVED_FIELDS) return 'too-many-hops';
    if (byUs === null || fields.length <= MAX_OWN_RECEIVED_FIELDS) return null;
    const ours = fields.filter((field) => byUs.test(field)).length;
    return ours > MAX_OWN_RECEIVED_FIELDS ? 'own-loop' : null;
  };
}

function receivedFields(head: Buffer): readonly string[] {
  if (head.length > 1 && head[0] === 0x0d) return [];
  const looked = Math.min(head.length, LOOKED_THROUGH);
  const end = head.indexOf('\r\n\r\n');
  const header = head.toString('latin1', 0, end === -1 || end > looked ? looked : end);
  return header.match(/^received[ \t]*:[^\r]*(?:\r\n[ \t][^\r]*)*/gim) ?? [];
}

function escapeForPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
