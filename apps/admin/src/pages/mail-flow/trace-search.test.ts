import { describe, expect, it } from 'vitest';
import { asksForSomething, readTraceSearch, toTraceInput } from './trace-search.ts';

const now = Date.UTC(2026, 10, 23, 9, 0, 30);

describe('the address of a trace', () => {
  it('is the last seven days when it is empty, the same within a minute', () => {
    const search = readTraceSearch({});
    expect(asksForSomething(search)).toBe(false);
    expect(toTraceInput(search, now)).toMatchObject({ since: '2026-11-16T09:00:00.000Z' });
    expect(toTraceInput(search, now + 20_000)).toEqual(toTraceInput(search, now));
  });

  it('tells the id of a record from a Message-ID', () => {
    const record = '0193A5B1-0000-7000-8000-000000000001';
    expect(toTraceInput({ id: record }, now)).toMatchObject({
      messageId: '',
      recordId: record.toLowerCase(),
    });
    expect(toTraceInput({ id: ' <a@shop.example> ' }, now)).toMatchObject({
      messageId: '<a@shop.example>',
      recordId: null,
    });
  });

  it('takes two points in time, and leaves out what is none', () => {
    const input = toTraceInput({ range: 'between', from: '2026-11-20T08:00', to: 'soon' }, now);
    expect(input.since).toBe(new Date('2026-11-20T08:00').toISOString());
    expect(input.until).toBeNull();
  });
});
