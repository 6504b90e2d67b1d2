import type { NoticeTemplates } from '@holdfast/application';
import { helpdeskShort, type HelpdeskContact } from '@holdfast/domain';
import { CATALOGUE } from './catalogue.ts';
import {
  addHelpdesk,
  addLastLine,
  fill,
  renderEmail,
  renderSms,
  type EmailWords,
  type Values,
} from './render.ts';

/** The words of every notice; see the catalogue. Pure. */
export function createNoticeTemplates(): NoticeTemplates {
  const both = (
    words: EmailWords & { sms: string; smsShort?: string },
    values: Values,
    helpdesk: HelpdeskContact | null = null,
  ) => ({
    sms: renderSms(
      words,
      values,
      helpdesk === null ? null : { words: CATALOGUE.askSms, value: helpdeskShort(helpdesk) },
    ),
    email: renderEmail(words, values),
  });
  return {
    withStopLink: (email, url) => addLastLine(email, CATALOGUE.stopLink, url),
    withHelpdesk: (email, helpdesk) =>
      helpdesk === null ? email : addHelpdesk(email, CATALOGUE.ask, helpdesk),
    enabledNotice: (input) => renderEmail(CATALOGUE.enabledNotice, input),
    alternateInfoRequest: ({ reason, ...input }) => renderEmail(INFO_REQUESTS[reason], input),
    domainAlert: (input) =>
      renderEmail(CATALOGUE.domainAlert, { ...input, since: writeInstant(input.since) }),
    accountChanged: (input) =>
      both(CATALOGUE.accountChanged, { ...input, at: writeInstant(input.at) }),
    changeDisputed: (input) =>
      renderEmail(CATALOGUE.changeDisputed, { ...input, at: writeInstant(input.at) }),
    administratorInvitation: ({ role, ...input }) =>
      renderEmail(CATALOGUE.administratorInvitation, {
        ...input,
        role: CATALOGUE.roles[role],
        duties: CATALOGUE.duties[role],
      }),
    administratorsChanged: ({ kind, role, ...input }) => {
      const values = { ...input, role: CATALOGUE.roles[role], at: writeInstant(input.at) };
      const what = fill(CATALOGUE.administratorsChangedWhat[kind], values);
      return renderEmail(CATALOGUE.administratorsChanged, { ...values, what });
    },
    helpdeskCodeMade: (input) =>
      renderEmail(CATALOGUE.helpdeskCodeMade, { ...input, at: writeInstant(input.at) }),
    wayIn: ({ login, ...input }) => {
      const words = login === null ? CATALOGUE.wayIn : CATALOGUE.wayInShared;
      const { hostname: host } = new URL(input.url);
      return both(words, { ...input, host, login: login ?? '' });
    },
    verificationCode: ({ login, ...input }) => {
      const words = CATALOGUE.verificationCode;
      if (login === null) return both(words, input);
      return both({ ...words, ...CATALOGUE.verificationCodeShared }, { ...input, login });
    },
    proofCode: (input) => both(CATALOGUE.proofCode, input),
    drillStarted: ({ helpdesk, ...input }) => both(CATALOGUE.drillStarted, input, helpdesk),
    drillStartedUnverified: ({ helpdesk, ...input }) =>
      both(CATALOGUE.drillStartedUnverified, input, helpdesk),
    drillEnded: ({ forEvent, ...input }) =>
      both(forEvent ? CATALOGUE.drillEndedForEvent : CATALOGUE.drillEnded, input),
    eventStarted: ({ helpdesk, ...input }) => both(CATALOGUE.eventStarted, input, helpdesk),
    eventStartedUnverified: ({ helpdesk, ...input }) =>
      both(CATALOGUE.eventStartedUnverified, input, helpdesk),
    eventStartedInError: (input) => both(CATALOGUE.eventStartedInError, input),
    eventEnded: (input) =>
      both(CATALOGUE.eventEnded, { ...input, readOnlyUntil: writeDay(input.readOnlyUntil) }),
  };
}

const INFO_REQUESTS = {
  first: CATALOGUE.alternateInfoRequest,
  reminder: CATALOGUE.alternateInfoReminder,
  'confirm-again': CATALOGUE.alternateInfoAgain,
} as const;

/** `2026-12-07T09:30:00.000Z` → `7 December 2026, 09:30 UTC`; anything else as it came. */
function writeInstant(text: string): string {
  const at = Date.parse(text);
  if (Number.isNaN(at)) return text;
  const format = { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' } as const;
  return `${new Intl.DateTimeFormat('en-GB', format).format(at).replace(' at ', ', ')} UTC`;
}

/** `2026-12-07` → `7 December 2026`; anything else as it came. */
function writeDay(day: string): string {
  const at = /^\d{4}-\d{2}-\d{2}/.test(day) ? Date.parse(day) : Number.NaN;
  if (Number.isNaN(at)) return day;
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(at);
}
