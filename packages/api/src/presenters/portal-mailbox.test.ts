import { Refusal, type MailboxListItem } from '@holdfast/application';
import { mailboxPageInput } from '@holdfast/contracts';
import { OPEN_STATES, TERMINAL_STATES } from '@holdfast/domain';
import { describe, expect, test } from 'vitest';
import { presentCursor, readCursor } from './portal-cursor.ts';
import { presentMailboxRow } from './portal-mailbox.ts';
import { deliveryWords } from './portal-report.ts';

const ID = '0199b2a0-0000-7000-8000-000000000001';
const AT = Date.UTC(2026, 10, 23, 9, 30, 0);

describe('the cursor of a list', () => {
  test('comes back as it went, and fits into the input', () => {
    const cursor = presentCursor({ receivedAt: AT, id: ID });
    expect(readCursor(cursor)).toEqual({ receivedAt: AT, id: ID });
    expect(mailboxPageInput.safeParse({ folder: 'inbox', cursor }).success).toBe(true);
    expect(readCursor(null)).toBeNull();
  });

  test.each(['', 'x', `_${ID}`, `zzzzzzzzzz_${ID}`, `mg0_${ID}_1`, 'mg0_not-an-id', "';--"])(
    'anything else is refused: %s',
    (text) => {
      expect(() => readCursor(text)).toThrow(Refusal);
    },
  );
});

test('a row knows whether it came since the event began', () => {
  const item: MailboxListItem = {
    id: ID,
    messageId: ID,
    userId: ID,
    folder: 'inbox',
    receivedAt: AT,
    acceptedAt: AT,
    isRead: false,
    isFlagged: false,
    viaGroup: null,
    ownFolder: null,
    conversation: null,
    report: null,
    subject: 'Hello',
    from: null,
    to: [],
    preview: '',
    attachments: 0,
  };
  expect(presentMailboxRow(item, AT).sinceEvent).toBe(true);
  expect(presentMailboxRow(item, AT + 1).sinceEvent).toBe(false);
  expect(presentMailboxRow(item, null).sinceEvent).toBe(false);
  expect(presentMailboxRow(item, null)).not.toHaveProperty('userId');
});

test('every state of a delivery has words of its own kind', () => {
  const words = [...OPEN_STATES, ...TERMINAL_STATES].map((state) =>
    deliveryWords({ state, recipient: 'bo@partner.example', reply: '550 No such user' }),
  );
  expect(words).toContain('Accepted by partner.example');
  expect(words).toContain('Waiting: next try soon (550 No such user)');
  expect(words).toContain(
    'Not delivered: the address does not exist at partner.example. Check it, and send again (550 No such user)',
  );
});
