/** An IP address as a 128-bit number; IPv4 is mapped to ::ffff:a.b.c.d (RFC 4291 §2.5.5.2). */
export interface IpRange {
  readonly first: bigint;
  readonly last: bigint;
}

const IPV4_PREFIX = 0xffffn << 32n;

/** Null when the text is no IPv4 or IPv6 address. Zone ids are not accepted. */
export function parseIp(text: string): bigint | null {
  const plain = text.trim().toLowerCase();
  return plain.includes(':') ? parseIpv6(plain) : parseIpv4(plain);
}

function parseIpv4(text: string): bigint | null {
  const octets = ipv4Number(text);
  return octets === null ? null : IPV4_PREFIX | octets;
}

function ipv4Number(text: string): bigint | null {
  const parts = text.split('.');
  if (parts.length !== 4) return null;
  let value = 0n;
  for (const part of parts) {
    if (!/^(?:0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return null;
    value = (value << 8n) | BigInt(part);
  }
  return value;
}

function parseIpv6(text: string): bigint | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  // RFC 4291 §2.2: a dotted quad may only end the address, not stand before `::`.
  if (halves.length === 2 && halves[0]?.includes('.')) return null;
  const head = groupsOf(halves[0] ?? '');
  const tail = halves.length === 2 ? groupsOf(halves[1] ?? '') : [];
  if (head === null || tail === null) return null;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const groups = [...head, ...Array.from({ length: missing }, () => 0n), ...tail];
  return groups.reduce((value, group) => (value << 16n) | group, 0n);
}

function groupsOf(half: string): bigint[] | null {
  if (half === '') return [];
  const groups: bigint[] = [];
  const parts = half.split(':');
  for (const [position, part] of parts.entries()) {
    if (part.includes('.')) {
      const embedded = position === parts.length - 1 ? ipv4Number(part) : null;
      if (embedded === null) return null;
      groups.push(embedded >> 16n, embedded & 0xffffn);
    } else {
      if (!/^[0-9a-f]{1,4}$/.test(part)) return null;
      groups.push(BigInt(`0x${part}`));
    }
  }
  return groups;
}

/** `203.0.113.7`, `203.0.113.0/24`, `2001:db8::/32` or `203.0.113.1-203.0.113.9`. Null for anything else. */
export function parseIpRange(text: string): IpRange | null {
  const plain = text.trim();
  if (plain.includes('-')) {
    const [from, to, more] = plain.split('-');
    const first = parseIp(from ?? '');
    const last = parseIp(to ?? '');
    if (more !== undefined || first === null || last === null || last < first) return null;
    return { first, last };
  }
  const [base, length, more] = plain.split('/');
  const address = parseIp(base ?? '');
  if (address === null || more !== undefined) return null;
  if (length === undefined) return { first: address, last: address };
  const width = base?.includes(':') ? 128 : 32;
  if (!/^\d{1,3}$/.test(length) || Number(length) > width) return null;
  const hostBits = BigInt(width - Number(length));
  const first = (address >> hostBits) << hostBits;
  return { first, last: first | ((1n << hostBits) - 1n) };
}

/** The first and the last address of an IPv4 range, one address once; any other text as it stands. */
export function rangeEdges(text: string): readonly string[] {
  const range = parseIpRange(text);
  if (range === null || range.first >> 32n !== 0xffffn) return [text.trim()];
  const edges = [range.first, range.last].map((address) =>
    [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 0xffn).join('.'),
  );
  return [...new Set(edges)];
}

export function rangeContains(range: IpRange, address: bigint): boolean {
  return address >= range.first && address <= range.last;
}
