import { Refusal } from '@holdfast/application';
import { DAY, HOUR, MINUTE } from '@holdfast/domain';

const UNITS = { m: MINUTE, h: HOUR, d: DAY } as const;

/** `90m`, `36h`, `20d` in milliseconds. Refuses with `input.invalid`. */
export function readSpan(option: string, text: string): number {
  const [, number, unit] = /^(\d{1,6})([mhd])$/.exec(text.trim()) ?? [];
  if (number === undefined || (unit !== 'm' && unit !== 'h' && unit !== 'd')) {
    throw new Refusal('input.invalid', `${option} takes a span such as 90m, 36h or 20d.`);
  }
  return Number(number) * UNITS[unit];
}

/** A point in time: ISO 8601, or a span before now. Refuses with `input.invalid`. */
export function readInstant(option: string, text: string, now: number): number {
  const at = Date.parse(text.trim());
  if (/^\d{4}-\d\d-\d\d/.test(text.trim()) && !Number.isNaN(at)) return at;
  if (/^\d{1,6}[mhd]$/.test(text.trim())) return now - readSpan(option, text);
  throw new Refusal(
    'input.invalid',
    `${option} takes a date or time such as 2026-11-23 or 2026-11-23T09:00:00Z, or a span before now such as 36h.`,
  );
}
