import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../instant.ts';
import { DEFAULT_MAILBOX_RATE, pauseMailbox, takePlace, type MailboxPace } from './mailbox-rate.ts';

const now = 1000 * DAY;

function places(count: number, pace: MailboxPace = null): readonly number[] {
  const found: number[] = [];
  let at = pace;
  for (let index = 0; index < count; index += 1) {
    const place = takePlace(at, now, DEFAULT_MAILBOX_RATE);
    at = place.pace;
    found.push(place.at - now);
  }
  return found;
}

describe('a backlog for one mailbox', () => {
  it('goes in a burst and then evenly, 1,000 an hour', () => {
    const waits = places(1100);
    expect(waits.filter((wait) => wait === 0)).toHaveLength(100);
    expect(waits[100]).toBe(3600);
    expect(waits[1099]).toBe(HOUR);
  });

  it('has its burst again after a quiet time', () => {
    const { pace } = takePlace(now - HOUR, now, DEFAULT_MAILBOX_RATE);
    expect(places(99, pace).every((wait) => wait === 0)).toBe(true);
  });

  it('waits when the mailbox asked for less, and then goes without a burst', () => {
    const pace = pauseMailbox(null, now, 5 * MINUTE, DEFAULT_MAILBOX_RATE);
    expect(places(3, pace)).toEqual([5 * MINUTE, 5 * MINUTE + 3600, 5 * MINUTE + 7200]);
  });
});
