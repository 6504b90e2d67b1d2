import type { PhoneNumbers, PhoneReading } from '@holdfast/application';
import { LANGUAGES, type Language } from '@holdfast/domain';
// "max" is the only metadata set that knows number types for every country; "min" cannot tell a landline.
import {
  ParseError,
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberWithError,
  type NumberType,
} from 'libphonenumber-js/max';

/** Types that cannot take an SMS. Unknown and mixed ones can, as in North America, where they look alike. */
const WITHOUT_SMS: ReadonlySet<NumberType> = new Set<NumberType>([
  'FIXED_LINE',
  'PREMIUM_RATE',
  'TOLL_FREE',
  'SHARED_COST',
  'UAN',
  'VOICEMAIL',
]);

/** Types at which a call costs more than a call, or reaches nobody; and none is called whose type is not known. */
const CALLED: ReadonlySet<NumberType> = new Set<NumberType>([
  'FIXED_LINE',
  'FIXED_LINE_OR_MOBILE',
  'MOBILE',
  'VOIP',
]);

const REASONS = {
  INVALID_COUNTRY: 'unknown-country',
  TOO_SHORT: 'too-short',
  TOO_LONG: 'too-long',
  INVALID_LENGTH: 'not-a-number',
  NOT_A_NUMBER: 'not-a-number',
} as const;

/** Telephone numbers of every country, read as people write them. */
export function createPhoneNumbers(): PhoneNumbers {
  const lists = new Map(LANGUAGES.map((language) => [language, listCountries(language)]));
  return { read: readNumber, countries: (language) => lists.get(language) ?? [] };
}

function readNumber(input: string, country: string): PhoneReading {
  const code = country.trim().toUpperCase();
  const international = /^\s*(?:\+|00)/.test(input);
  if (!international && !isSupportedCountry(code)) return { ok: false, reason: 'unknown-country' };
  // `00` is how half of the world dials abroad, and is not in every country's metadata.
  const text = input.trim().replace(/^00/, '+');
  try {
    const number = parsePhoneNumberWithError(text, {
      ...(isSupportedCountry(code) ? { defaultCountry: code } : {}),
      extract: false,
    });
    if (!number.isValid()) return { ok: false, reason: 'not-a-number' };
    return {
      ok: true,
      e164: number.number,
      country: number.country ?? code,
      // Without a country: satellites and international services, dear to reach by text and call alike.
      canReceiveSms: number.country !== undefined && !WITHOUT_SMS.has(number.getType()),

      canBeCalled: number.country !== undefined && CALLED.has(number.getType()),
    };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    const known = Object.entries(REASONS).find(([name]) => name === error.message);
    return { ok: false, reason: known?.[1] ?? 'not-a-number' };
  }
}

function listCountries(language: Language): ReturnType<PhoneNumbers['countries']> {
  const names = new Intl.DisplayNames([language], { type: 'region' });
  return getCountries()
    .map((code) => ({
      code,
      name: names.of(code) ?? code,
      callingCode: `+${getCountryCallingCode(code)}`,
    }))
    .toSorted((a, b) => a.name.localeCompare(b.name, language));
}
