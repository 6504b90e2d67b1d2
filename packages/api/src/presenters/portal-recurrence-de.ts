import type { Recurrence } from '@holdfast/application';

const DAYS: Readonly<Record<string, string>> = {
  MO: 'Montag',
  TU: 'Dienstag',
  WE: 'Mittwoch',
  TH: 'Donnerstag',
  FR: 'Freitag',
  SA: 'Samstag',
  SU: 'Sonntag',
};
const WORKING_DAYS = 'MO TU WE TH FR';
const ORDINALS: Readonly<Record<string, string>> = {
  '1': 'ersten ',
  '2': 'zweiten ',
  '3': 'dritten ',
  '4': 'vierten ',
  '5': 'fünften ',
  '-1': 'letzten ',
  '-2': 'vorletzten ',
};
const EACH: Readonly<Record<Recurrence['frequency'], string>> = {
  daily: 'Jeden Tag',
  weekly: 'Jede Woche',
  monthly: 'Jeden Monat',
  yearly: 'Jedes Jahr',
};
const UNITS: Readonly<Record<Recurrence['frequency'], string>> = {
  daily: 'Tage',
  weekly: 'Wochen',
  monthly: 'Monate',
  yearly: 'Jahre',
};

/** `Alle 2 Wochen am Montag und Mittwoch, bis 31. März 2027`. */
export function germanRecurrence(recurrence: Recurrence): string {
  const { days, frequency, interval } = recurrence;
  if (interval === 1 && days.join(' ') === WORKING_DAYS)
    return `Jeden Werktag${endWords(recurrence)}`;
  const rhythm = interval === 1 ? EACH[frequency] : `Alle ${interval} ${UNITS[frequency]}`;
  const named = days.flatMap(dayWords);
  const on = named.length === 0 ? '' : ` am ${new Intl.ListFormat('de').format(named)}`;
  return `${rhythm}${on}${endWords(recurrence)}`;
}

function dayWords(day: string): readonly string[] {
  const [, ordinal = '', name = ''] = /^([+-]?\d?)([A-Z]{2})$/.exec(day) ?? [];
  const word = DAYS[name];
  return word === undefined ? [] : [`${ORDINALS[ordinal.replace('+', '')] ?? ''}${word}`];
}

function endWords({ count, until }: Recurrence): string {
  if (count !== null) return count === 1 ? ', einmal' : `, ${count}\u2011mal`;
  if (until === null) return '';
  const date = new Intl.DateTimeFormat('de-DE', { dateStyle: 'long', timeZone: 'UTC' });
  return `, bis ${date.format(until)}`;
}
