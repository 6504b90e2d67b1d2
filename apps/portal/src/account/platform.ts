/** Which words about the home screen fit: every iPhone browser is told as Safari, since only there is it certain. */
export function platformOf(userAgent: string): 'ios' | 'android' | 'other' {
  if (/\b(?:iPhone|iPad|iPod)\b/.test(userAgent)) return 'ios';
  return /\bAndroid\b/.test(userAgent) ? 'android' : 'other';
}
