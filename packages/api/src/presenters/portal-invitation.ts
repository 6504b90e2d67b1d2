import type { Invitation, Recurrence } from '@holdfast/application';
import type { InvitationView } from '@holdfast/contracts';
import type { Language } from '@holdfast/domain';
import { toIso } from './instant.ts';
import { germanRecurrence } from './portal-recurrence-de.ts';

const DAYS: Readonly<Record<string, string>> = {
  MO: 'Monday',
  TU: 'Tuesday',
  WE: 'Wednesday',
  TH: 'Thursday',
  FR: 'Friday',
  SA: 'Saturday',
  SU: 'Sunday',
};
const WORKING_DAYS = 'MO TU WE TH FR';
const ORDINALS: Readonly<Record<string, string>> = {
  '1': 'first ',
  '2': 'second ',
  '3': 'third ',
  '4': 'fourth ',
  '5': 'fifth ',
  '-1': 'last ',
  '-2': 'last but one ',
};
const UNITS: Readonly<Record<Recurrence['frequency'], string>> = {
  daily: 'day',
  weekly: 'week',
  monthly: 'month',
  yearly: 'year',
};
const ANSWERS = {
  accepted: 'Accepted by',
  declined: 'Declined by',
  tentative: 'Accepted tentatively by',
  none: 'Answered by',
} as const;

export function presentInvitation(invitation: Invitation, language: Language): InvitationView {
  const {
    start,
    end,
    recurrence,
    isOneOfSeries: _one,
    notes: _notes,
    sequence: _times,
    ...rest
  } = invitation;
  return {
    ...rest,
    words: headingOf(invitation),
    start: toIso(start),
    end: toIso(end),
    recurrence: recurrence === null ? '' : RECURRENCES[language](recurrence),
  };
}

const RECURRENCES = { en: recurrenceWords, de: germanRecurrence } as const;

function headingOf(invitation: Invitation): string {
  const one = invitation.isOneOfSeries ? ', one of a series' : '';
  switch (invitation.method) {
    case 'cancel':
      return `Cancelled${one}`;
    case 'reply': {
      const [who] = invitation.attendees;
      if (who === undefined) return 'An answer to an invitation';
      return `${ANSWERS[who.answer]} ${who.name === '' ? who.address : who.name}${one}`;
    }
    case 'request':
      return `${invitation.sequence > 0 ? 'Invitation, changed' : 'Invitation'}${one}`;
    case 'publish':
      return 'Event';
  }
}

/** `Every 2 weeks on Monday and Wednesday, until 31 March 2027`. */
export function recurrenceWords(recurrence: Recurrence): string {
  const unit = UNITS[recurrence.frequency];
  const rhythm =
    recurrence.interval === 1 ? `Every ${unit}` : `Every ${recurrence.interval} ${unit}s`;
  if (recurrence.interval === 1 && recurrence.days.join(' ') === WORKING_DAYS)
    return `Every working day${endWords(recurrence)}`;
  const days = recurrence.days.flatMap(dayWords);
  const on = days.length === 0 ? '' : ` on ${new Intl.ListFormat('en').format(days)}`;
  return `${rhythm}${on}${endWords(recurrence)}`;
}

function dayWords(day: string): readonly string[] {
  const [, ordinal = '', name = ''] = /^([+-]?\d?)([A-Z]{2})$/.exec(day) ?? [];
  const word = DAYS[name];
  if (word === undefined) return [];
  const nth = ORDINALS[ordinal.replace('+', '')] ?? '';
  return [nth === '' ? word : `the ${nth}${word}`];
}

function endWords({ count, until }: Recurrence): string {
  if (count !== null) return count === 1 ? ', once' : `, ${count} times`;
  if (until === null) return '';
  const date = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
  return `, until ${date.format(until)}`;
}
