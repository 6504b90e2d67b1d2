/** Which words about the home screen fit: every iPhone browser is told as Safari, since only there is it certain. */
export function platformOf(device: {
  readonly userAgent: string;
  readonly maxTouchPoints: number;
}): 'ios' | 'android' | 'other' {
  const { userAgent, maxTouchPoints } = device;
  if (/\b(?:iPhone|iPad|iPod)\b/.test(userAgent)) return 'ios';
  // An iPad says that it is a Mac (since iPadOS 13), of which none can be touched.
  if (/\bMacintosh\b/.test(userAgent) && maxTouchPoints > 1) return 'ios';
  return /\bAndroid\b/.test(userAgent) ? 'android' : 'other';
}
