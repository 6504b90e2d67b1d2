import { expect, test } from 'vitest';
import { noticeFor } from './push-notice.ts';

const user = { name: 'Ada', address: 'ada@contoso.example' };

test.each([
  [{ user, access: 'open' }, 'New mail in your emergency mailbox'],
  [{ user, access: 'read-only' }, 'The emergency is over'],
  [{ user, access: 'closed' }, 'The emergency mailbox is closed'],
  [{ user: null, access: 'closed' }, 'New mail in your emergency mailbox'],
  [null, 'New mail in your emergency mailbox'],
  ['a page of a captive portal', 'New mail in your emergency mailbox'],
])('%j: %s', (state, title) => {
  expect(noticeFor(state).title).toBe(title);
});

test('whoever sees the screen learns neither name nor address', () => {
  for (const access of ['open', 'read-only', 'closed'])
    expect(JSON.stringify(noticeFor({ user, access }))).not.toMatch(/ada/i);
});
