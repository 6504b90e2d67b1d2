import { describe, expect, it } from 'vitest';
import {
  anIngestedMessage,
  createFakeLog,
  createHandTurnedClock,
  createSequentialIdentifiers,
  idOf,
} from './index.ts';

describe('the testkit', () => {
  it('has a clock that stands still until it is turned', () => {
    const clock = createHandTurnedClock(1000);

    expect([clock.now(), clock.advance(5), clock.now()]).toEqual([1000, 1005, 1005]);
  });

  it('hands out ids that can be foretold', () => {
    const identifiers = createSequentialIdentifiers();

    expect([identifiers.uuid(), identifiers.uuid()]).toEqual([idOf(1), idOf(2)]);
  });

  it('remembers what was logged, with the fields of the child that logged it', () => {
    const log = createFakeLog();
    log.child({ role: 'relay' }).warn('slow', { host: 'mx' });

    expect(log.lines).toEqual([
      { level: 'warn', message: 'slow', fields: { role: 'relay', host: 'mx' } },
    ]);
  });

  it('builds messages whose deliveries have different ids, each of them a uuid', () => {
    const ids = anIngestedMessage({ recipients: ['a@x.example', 'b@x.example'] }).deliveries.map(
      ({ id }) => id,
    );

    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(id).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
  });
});
