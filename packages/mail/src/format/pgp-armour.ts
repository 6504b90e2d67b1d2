const SIGNED = '-----BEGIN PGP SIGNED MESSAGE-----';
const SIGNATURE = '\n-----BEGIN PGP SIGNATURE-----';
const END = '-----END PGP SIGNATURE-----';

/**
 * The words of a text that is signed in line (RFC 9580 §7), without the armour around them and the dashes before theirs;
 * what follows the signature, such as a list's footer, stays. Every other text stays as it is.
 */
export function withoutArmour(text: string): string {
  const begins = text.search(/\S/);
  if (begins === -1 || !text.startsWith(SIGNED, begins)) return text;
  const unified = text.slice(begins).replaceAll('\r\n', '\n');
  // Fields such as `Hash: SHA512`, up to an empty line.
  const head = unified.indexOf('\n\n');
  if (head === -1) return text;
  const signature = unified.indexOf(SIGNATURE, head);
  const end = signature === -1 ? -1 : unified.indexOf(END, signature);
  const words = unified.slice(head + 2, signature === -1 ? unified.length : signature);
  const rest = end === -1 ? '' : unified.slice(end + END.length);
  return `${words.replaceAll(/^- /gm, '')}${rest}`;
}
