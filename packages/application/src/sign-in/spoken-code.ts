import type { Ports } from '../ports.ts';

/** Letters and digits that nobody mixes up, on paper or on the telephone. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
/** 59 bits: beyond guessing within any limit. */
const LENGTH = 12;
const GROUP = 4;

/** A code for people to read out, print and type: `XXXX-XXXX-XXXX`. */
export function spokenCode({ identifiers }: Pick<Ports, 'identifiers'>): string {
  const letters: string[] = [];
  // Bytes beyond the last whole multiple of 31 are thrown away, so that every letter is as likely.
  const usable = 256 - (256 % ALPHABET.length);
  while (letters.length < LENGTH) {
    for (const byte of identifiers.bytes(LENGTH)) {
      const letter = byte < usable ? ALPHABET[byte % ALPHABET.length] : undefined;
      if (letter !== undefined && letters.length < LENGTH) letters.push(letter);
    }
  }
  const groups: string[] = [];
  for (let from = 0; from < LENGTH; from += GROUP)
    groups.push(letters.slice(from, from + GROUP).join(''));
  return groups.join('-');
}

/** Comparison form: with or without dashes, in any case. */
export function spokenCodeMac(
  ports: Pick<Ports, 'secrets'>,
  purpose: 'helpdesk-code' | 'recovery-code',
  userId: string,
  typed: string,
): string {
  return ports.secrets.mac(purpose, [userId], typed.toUpperCase().replace(/[^A-Z0-9]/g, ''));
}
