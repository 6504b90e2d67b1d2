/** `SMTP:` and `smtp:` entries, lower-case; `SIP:`, `X500:`, `EUM:` and the like are not mail addresses. */
export function smtpAddresses(proxies: readonly string[]): readonly string[] {
  return proxies
    .map((entry) => entry.trim())
    .filter((entry) => /^smtp:[^@]+@[^@]+$/i.test(entry))
    .map((entry) => entry.slice(5).toLowerCase());
}
