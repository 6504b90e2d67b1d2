import { domainToASCII } from 'node:url';

/** An address as it may stand between the angle brackets. */
export interface WireAddress {
  /** Only ASCII: every host takes it. Null when the local part needs SMTPUTF8 (RFC 6531). */
  readonly ascii: string | null;
  readonly utf8: string;
}

/** Null: no host could be given this address, it would end the command line or its brackets. */
export function toWireAddress(address: string): WireAddress | null {
  if (address === '') return { ascii: '', utf8: '' };
  // oxlint-disable-next-line no-control-regex
  if (/[<>\u0000-\u001f\u007f]/.test(address) || !address.isWellFormed()) return null;
  const at = address.lastIndexOf('@');
  if (at < 1 || at === address.length - 1) return null;
  const local = address.slice(0, at);
  const domain = address.slice(at + 1);
  const plainDomain = /^[\x21-\x7e]+$/.test(domain);
  const asciiDomain = plainDomain ? domain : domainToASCII(domain);
  if (asciiDomain === '' || /\s/.test(domain)) return null;
  const ascii = /^[\x20-\x7e]+$/.test(local) ? `${local}@${asciiDomain}` : null;
  return { ascii, utf8: address };
}
