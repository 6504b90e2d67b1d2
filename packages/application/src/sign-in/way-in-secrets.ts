import { WAY_IN_DIGITS } from '@holdfast/domain';
import type { Ports } from '../ports.ts';
import type { KeyHolder } from '../ports/secrets.ts';

/** Letters of a link's token: 132 bits, and short enough for a text message. */
const LINK_LENGTH = 22;
/** Hexadecimal digits of a token that a code is made of: 52 bits, so that the remainder is even to one in ten million. */
const CODE_SOURCE = 13;

interface WayInSecrets {
  readonly code: string;
  readonly link: string;
}

/** Derived from the request's id, so that neither job nor row holds them. */
export function wayInSecrets(
  ports: Pick<Ports, 'secrets'>,
  organisation: KeyHolder,
  userId: string,
  requestId: string,
): WayInSecrets {
  const { secrets } = ports;
  const parts = [userId, requestId];
  const source = secrets.hexOf(secrets.deriveToken(organisation, 'way-in-code', parts));
  const number = Number.parseInt(source.slice(0, CODE_SOURCE), 16) % 10 ** WAY_IN_DIGITS;
  return {
    code: String(number).padStart(WAY_IN_DIGITS, '0'),
    link: secrets.deriveToken(organisation, 'way-in-link', parts).slice(0, LINK_LENGTH),
  };
}

/** Comparison form: people type spaces along. */
export function wayInCodeMac(ports: Pick<Ports, 'secrets'>, userId: string, typed: string): string {
  return ports.secrets.mac('way-in-code', [userId], typed.replace(/\D/g, ''));
}
