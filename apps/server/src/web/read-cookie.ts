/** What we put into cookies needs no decoding. With two of the same name the first counts (RFC 6265 §5.4: the most specific path). */
export function readCookie(header: string | undefined, name: string): string | null {
  for (const pair of (header ?? '').split(';')) {
    const [key, ...value] = pair.split('=');
    if (key?.trim() === name) return value.join('=').trim() || null;
  }
  return null;
}
