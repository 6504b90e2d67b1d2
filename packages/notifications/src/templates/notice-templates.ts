import type { NoticeTemplates } from '@holdfast/application';
import { helpdeskShort, type HelpdeskContact, type Language } from '@holdfast/domain';
import { FOR_ADMINISTRATORS } from './administrator-words.ts';
import { GERMAN } from './catalogue-de.ts';
import { ENGLISH, type Catalogue } from './catalogue.ts';
import {
  addHelpdesk,
  addLastLine,
  fill,
  renderEmail,
  renderSms,
  type EmailWords,
  type Values,
} from './render.ts';

const CATALOGUES: Readonly<Record<Language, Catalogue>> = { en: ENGLISH, de: GERMAN };
/** For dates: the day before the month, and 24 hours. */
const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE' };

/** The words of every notice in one language, of those to administrators in English; see the catalogues. Pure. */
export function createNoticeTemplates(language: Language): NoticeTemplates {
  const catalogue = CATALOGUES[language];
  const dates = datesIn(LOCALES[language]);
  const requests = {
    first: catalogue.alternateInfoRequest,
    reminder: catalogue.alternateInfoReminder,
    'confirm-again': catalogue.alternateInfoAgain,
  } as const;
  const email = (words: EmailWords, values: Values) => renderEmail(words, values, language);
  const both = (
    words: EmailWords & { sms: string; smsShort?: string },
    values: Values,
    helpdesk: HelpdeskContact | null = null,
  ) => ({
    sms: renderSms(words, values, {
      unnamed: catalogue.unnamed,
      help: helpdesk === null ? null : { words: catalogue.askSms, value: helpdeskShort(helpdesk) },
    }),
    email: email(words, values),
  });
  return {
    withStopLink: (text, url) => addLastLine(text, catalogue.stopLink, url),
    withHelpdesk: (text, helpdesk) =>
      helpdesk === null ? text : addHelpdesk(text, catalogue.ask, helpdesk),
    enabledNotice: (input) => email(catalogue.enabledNotice, input),
    alternateInfoRequest: ({ reason, ...input }) => email(requests[reason], input),
    domainAlert: (input) =>
      email(FOR_ADMINISTRATORS.domainAlert, { ...input, since: dates.instant(input.since) }),
    accountChanged: (input) =>
      both(catalogue.accountChanged, { ...input, at: dates.instant(input.at) }),
    changeDisputed: (input) =>
      email(FOR_ADMINISTRATORS.changeDisputed, { ...input, at: dates.instant(input.at) }),
    administratorInvitation: ({ role, ...input }) =>
      email(FOR_ADMINISTRATORS.administratorInvitation, {
        ...input,
        role: FOR_ADMINISTRATORS.roles[role],
        duties: FOR_ADMINISTRATORS.duties[role],
      }),
    administratorsChanged: ({ kind, role, ...input }) => {
      const values = {
        ...input,
        role: FOR_ADMINISTRATORS.roles[role],
        at: dates.instant(input.at),
      };
      const what = fill(FOR_ADMINISTRATORS.administratorsChangedWhat[kind], values);
      return email(FOR_ADMINISTRATORS.administratorsChanged, { ...values, what });
    },
    helpdeskCodeMade: (input) =>
      email(FOR_ADMINISTRATORS.helpdeskCodeMade, { ...input, at: dates.instant(input.at) }),
    wayIn: ({ login, ...input }) => {
      const words = login === null ? catalogue.wayIn : catalogue.wayInShared;
      const { hostname: host } = new URL(input.url);
      return both(words, { ...input, host, login: login ?? '' });
    },
    verificationCode: ({ login, ...input }) => {
      const words = catalogue.verificationCode;
      if (login === null) return both(words, input);
      return both({ ...words, ...catalogue.verificationCodeShared }, { ...input, login });
    },
    proofCode: (input) => both(catalogue.proofCode, input),
    drillStarted: ({ helpdesk, ...input }) => both(catalogue.drillStarted, input, helpdesk),
    drillStartedUnverified: ({ helpdesk, ...input }) =>
      both(catalogue.drillStartedUnverified, input, helpdesk),
    drillEnded: ({ forEvent, ...input }) =>
      both(forEvent ? catalogue.drillEndedForEvent : catalogue.drillEnded, input),
    eventStarted: ({ helpdesk, ...input }) => both(catalogue.eventStarted, input, helpdesk),
    eventStartedUnverified: ({ helpdesk, ...input }) =>
      both(catalogue.eventStartedUnverified, input, helpdesk),
    eventStartedInError: (input) => both(catalogue.eventStartedInError, input),
    eventEnded: (input) =>
      both(catalogue.eventEnded, { ...input, readOnlyUntil: dates.day(input.readOnlyUntil) }),
  };
}

/** Instants carry their zone; what is no date stays as it came. */
function datesIn(locale: string) {
  const whole = new Intl.DateTimeFormat(locale, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'UTC',
  });
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  return {
    /** `2026-12-07T09:30:00.000Z` → `7 December 2026, 09:30 UTC`. */
    instant(text: string): string {
      const at = Date.parse(text);
      return Number.isNaN(at) ? text : `${whole.format(at).replace(/ (at|um) /, ', ')} UTC`;
    },
    /** `2026-12-07` → `7 December 2026`. */
    day(text: string): string {
      const at = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
      return Number.isNaN(at) ? text : days.format(at);
    },
  };
}
