import { page } from './messages/en/page.ts';

/** Where the device names no region: the day before the month, and 24 hours. */
const WITHOUT_REGION: Readonly<Record<string, string>> = { en: 'en-GB', de: 'de-DE' };

/** For `Intl`: the language of the page, in the region that the device is set to (`de-AT`, `en-US`). */
export const locale: string =
  navigator.languages.find((tag) => tag.split('-')[0]?.toLowerCase() === page.language) ??
  WITHOUT_REGION[page.language] ??
  page.language;
