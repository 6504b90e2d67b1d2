/**
 * A mailbox address as the product compares it: trimmed and lower-case. RFC 5321 §2.4 leaves the local part to the
 * receiving host; Exchange Online compares it case-insensitively, so we do as well.
 */
export type Address = string;

/** Longest path of RFC 5321 §4.5.3.1.3, without the angle brackets. Unit: characters; octets on the wire. */
export const MAX_ADDRESS_LENGTH = 254;

const ADDRESS =
  /^(?:[^\s@<>()[\]\\,;:"\u0000-\u001f\u007f]+|"(?:[^"\\\r\n\u0000]|\\.)+")@(?:[\p{L}\p{N}_](?:[\p{L}\p{N}_-]*[\p{L}\p{N}_])?\.)+[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?$/u;

/**
 * The address in compared form, or null when it is no RFC 5321 `Mailbox` that Exchange Online could own. Local parts may
 * be UTF-8 (RFC 6531 §3.3); two ways to write one character are one address (RFC 6532 §3.1 advises NFC).
 */
export function parseAddress(input: string): Address | null {
  // The lower-case form is what is tested: `İ` becomes two code points, one of them no letter.
  const address = input.trim().toLowerCase().normalize('NFC');
  if (address.length === 0 || address.length > MAX_ADDRESS_LENGTH) return null;
  return ADDRESS.test(address) ? address : null;
}

export function domainOf(address: Address): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

export function localPartOf(address: Address): string {
  return address.slice(0, address.lastIndexOf('@'));
}

/** `megan.bowen@contoso.example` → `m••••.b••••@contoso.example`: enough to recognise, too little to harvest. */
export function maskAddress(address: Address): string {
  const local = localPartOf(address)
    .split('.')
    .map((part) => `${part.slice(0, 1)}••••`)
    .join('.');
  return `${local}@${domainOf(address)}`;
}

/** `+4915123456789` → `••89`. */
export function maskPhone(e164: string): string {
  return `••${e164.slice(-2)}`;
}

/** `name+tag@domain` → `name@domain` (RFC 5233 subaddress); other addresses as they are. */
export function withoutSubaddress(address: Address): Address {
  const local = localPartOf(address);
  const plus = local.indexOf('+');
  return plus > 0 && !local.startsWith('"')
    ? `${local.slice(0, plus)}@${domainOf(address)}`
    : address;
}
