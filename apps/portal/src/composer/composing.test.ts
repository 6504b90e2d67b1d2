import type { MessageView, Party } from '@holdfast/contracts';
import { describe, expect, test } from 'vitest';
import { forwardSubject, forwardText, replySubject, replyText } from './quoting.ts';
import { isAddress, parseRecipients, replyRecipients } from './recipients.ts';

const megan: Party = { name: 'Megan Bowen', address: 'megan@contoso.example' };
const mona: Party = { name: 'Mona Kane', address: 'mona@fabrikam.example' };
const lee: Party = { name: 'Lee Gu', address: 'lee@contoso.example' };
const patti: Party = { name: '', address: 'patti@contoso.example' };

const message: MessageView = {
  id: '019ab0de-7c5f-7d31-9a52-0c3f5c1f2b44',
  folder: 'inbox',
  from: mona,
  to: [megan, lee],
  cc: [patti, { ...mona, address: 'MONA@fabrikam.example' }],
  bcc: [],
  replyTo: [],
  subject: 'Delivery',
  preview: '',
  receivedAt: '2026-11-23T09:08:00Z',
  sentAt: null,
  isRead: true,
  isFlagged: false,
  attachments: 0,
  viaGroup: null,
  ownFolder: null,
  conversation: null,
  report: null,
  sinceEvent: true,
  text: 'Gate 4.\r\n\r\n> At eight?\r\n',
  html: null,
  hasRemoteContent: false,
  parts: [],
  authentication: { level: 'good', words: '', checks: [] },
  trackers: 0,
  pictures: 'ask',
  mayAlwaysShow: false,
  isCut: false,
  isSealed: false,
  warnings: [],
  notes: [],
  invitation: null,
  sourceHref: '',
  reported: null,
  deliveries: [],
};

describe('who an answer goes to', () => {
  test('reply: the author alone', () => {
    expect(replyRecipients(message, [megan.address], false)).toEqual({ to: [mona], cc: [] });
  });

  test('reply all: everyone but oneself, each once, whatever the case of the letters', () => {
    expect(replyRecipients(message, ['Megan@Contoso.example'], true)).toEqual({
      to: [mona, lee],
      cc: [patti],
    });
  });

  test('Reply-To wins over From', () => {
    const office: Party = { name: '', address: 'office@fabrikam.example' };
    const reply = replyRecipients({ ...message, replyTo: [office] }, [megan.address], false);
    expect(reply.to).toEqual([office]);
  });

  test("a message of one's own is answered to the people it went to", () => {
    const sent = { ...message, from: megan, to: [mona], cc: [lee] };
    expect(replyRecipients(sent, [megan.address], true)).toEqual({ to: [mona], cc: [lee] });
  });

  test('a note to oneself can be answered', () => {
    const note = { ...message, from: megan, to: [megan], cc: [] };
    expect(replyRecipients(note, [megan.address], true).to).toEqual([megan]);
  });

  test('a message without an author has nobody to answer', () => {
    expect(replyRecipients({ ...message, from: null }, [megan.address], false).to).toEqual([]);
  });
});

describe('recipients as typed or pasted', () => {
  test('reads names, brackets, quotes with commas, semicolons and lines', () => {
    expect(
      parseRecipients('Ann <ann@x.example>, "B, C" <b@x.example>; c@x.example\nd@x.example,'),
    ).toEqual([
      { name: 'Ann', address: 'ann@x.example' },
      { name: 'B, C', address: 'b@x.example' },
      { name: '', address: 'c@x.example' },
      { name: '', address: 'd@x.example' },
    ]);
  });

  test('tells an address from a slip', () => {
    for (const good of ['a@b.example', 'o.k+tag@sub.b.example', '田中@例え.jp'])
      expect(isAddress(good)).toBe(true);
    for (const bad of ['', 'a', 'a@', 'a@b', '@b.example', 'a b@c.example', 'a@b.'])
      expect(isAddress(bad)).toBe(false);
  });
});

describe('quoting', () => {
  test('an answer leaves room above the quotation', () => {
    expect(replyText('Mona wrote:', 'Yes')).toBe('\n\nMona wrote:\n> Yes\n');
  });

  test('Re: and Fwd: never pile up', () => {
    expect(replySubject('RE: AW: Re[2]: Delivery')).toBe('Re: Delivery');
    expect(replySubject('Regarding gates')).toBe('Re: Regarding gates');
    expect(replySubject('')).toBe('Re:');
    expect(forwardSubject('WG: Fwd: Delivery')).toBe('Fwd: Delivery');
  });

  test('a forwarded message says whose it was', () => {
    const labels = {
      begin: '-- Forwarded --',
      from: 'From',
      date: 'Date',
      subject: 'Subject',
      to: 'To',
    };
    expect(forwardText(message, 'Monday', labels)).toContain(
      'From: Mona Kane <mona@fabrikam.example>\nDate: Monday\nSubject: Delivery\nTo: Megan Bowen <megan@contoso.example>, Lee Gu <lee@contoso.example>',
    );
  });
});
