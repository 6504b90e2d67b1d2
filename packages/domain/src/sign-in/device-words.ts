import type { Language } from '../language.ts';

const IN_GERMAN: readonly (readonly [RegExp, string])[] = [
  [/ on /, ' auf '],
  [/\bAndroid phone$/, 'Android-Telefon'],
  [/\bAndroid tablet$/, 'Android-Tablet'],
  [/^Unknown device$/, 'Unbekanntes Gerät'],
];

/** In the order that matters: many browsers also name those they descend from. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bOPR\/|\bOPT\//, 'Opera'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bCriOS\/|\bChrom(?:e|ium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const PLACES: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b.*\bMobile\b/, 'Android phone'],
  [/\bAndroid\b/, 'Android tablet'],
  [/\bCrOS\b/, 'Chromebook'],
  [/\bWindows\b/, 'Windows'],
  [/\bMacintosh\b/, 'Mac'],
  [/\bLinux\b/, 'Linux'],
];

/** "Safari on iPhone": for people to recognise a device of theirs, not to identify it. */
export function deviceWords(userAgent: string | null): string {
  const text = userAgent ?? '';
  const browser = BROWSERS.find(([pattern]) => pattern.test(text))?.[1];
  const place = PLACES.find(([pattern]) => pattern.test(text))?.[1];
  if (browser === undefined) return place ?? 'Unknown device';
  return place === undefined ? browser : `${browser} on ${place}`;
}

/** What `deviceWords` made, as it is kept, in the language of who reads it. */
export function deviceIn(language: Language, device: string): string {
  switch (language) {
    case 'en':
      return device;
    case 'de':
      return IN_GERMAN.reduce((text, [pattern, word]) => text.replace(pattern, word), device);
  }
}
