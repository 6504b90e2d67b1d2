import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  conversationName,
  conversationSubject,
  goesWith,
  joinConversations,
  linksOf,
  nameOfAnswers,
} from './conversation.ts';

function message(
  id: string | null,
  subject: string,
  references: readonly string[] = [],
  inReplyTo: string | null = null,
) {
  return { messageId: id, subject, references, inReplyTo, from: { address: 'a@contoso.example' } };
}

describe('the subject of a conversation', () => {
  test.each([
    ['Budget 2027', 'budget 2027'],
    ['Re: Budget 2027', 'budget 2027'],
    ['AW: WG: RE: Budget  2027 ', 'budget 2027'],
    ['Re[2]: FW(3): Budget 2027', 'budget 2027'],
    ['[EXTERNAL] Re: [staff] Budget 2027', 'budget 2027'],
    ['回复：Budget 2027', 'budget 2027'],
    ['Accepted: Budget 2027', 'budget 2027'],
    ['Automatische Antwort: Budget 2027', 'budget 2027'],
    ['Regarding: Budget', 'regarding: budget'],
    ['Re:', ''],
    ['Reply to all', 'reply to all'],
    ['', ''],
  ])('%s', (subject, expected) => {
    expect(conversationSubject(subject)).toBe(expected);
  });

  test('of any length ends', () => {
    expect(conversationSubject('Re: '.repeat(50_000)).length).toBeLessThanOrEqual(200);
  });
});

describe('a message finds its conversation', () => {
  const root = message('<a@x>', 'Budget');

  test('by its root, whether that is here or not', () => {
    expect(conversationName(message('<b@x>', 'Re: Budget', ['<a@x>'], '<a@x>'))).toBe(
      conversationName(root),
    );
    expect(conversationName(message('<c@x>', 'AW: Budget', ['<a@x>', '<b@x>'], '<b@x>'))).toBe(
      nameOfAnswers(root),
    );
  });

  test('by what it answers, when it names nothing more', () => {
    expect(conversationName(message('<b@x>', 'Re: Budget', [], '<a@x>'))).toBe(nameOfAnswers(root));
  });

  test('and begins a new one with a new subject, or with the same one and no link', () => {
    const begins = [message('<b@x>', 'Lunch', ['<a@x>'], '<a@x>'), message('<c@x>', 'Re: Budget')];
    for (const each of begins) expect(conversationName(each)).not.toBe(conversationName(root));
  });

  test('but has none without an id', () => {
    expect(conversationName(message(null, 'Budget'))).toBeNull();
    expect(nameOfAnswers(message(null, 'Budget'))).toBeNull();
  });

  test('by four links at most: the root and the nearest', () => {
    const references = Array.from({ length: 60 }, (_, at) => `<${at}@x>`);
    const links = linksOf(message('<z@x>', 'x', references, '<y@x>'));
    expect(links).toHaveLength(4);
    expect([links[0], links.at(-1)]).toEqual(['<0@x>', '<y@x>']);
  });

  test('a report of a mail server goes with what it is about, whatever its subject', () => {
    const report = { subject: 'Undelivered mail', from: { address: 'MAILER-DAEMON@x.example' } };
    expect(goesWith(report, root)).toBe(true);
    expect(goesWith({ ...report, from: { address: 'anna@x.example' } }, root)).toBe(false);
    expect(goesWith({ subject: 'SV: budget', from: null }, root)).toBe(true);
  });
});

describe('conversations that turn out to be one', () => {
  test('are joined across what ties them', () => {
    expect(joinConversations([['b', 'c'], ['d'], ['c', 'a'], ['x', 'y']])).toEqual([
      { into: 'a', ids: ['c', 'b'] },
      { into: 'x', ids: ['y'] },
    ]);
    expect(joinConversations([['a', 'a'], []])).toEqual([]);
  });

  test('the same ones in whatever order the ties are found', () => {
    const letter = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g');
    const ties = fc.array(fc.array(letter, { minLength: 1, maxLength: 3 }), { maxLength: 8 });
    const sets = (joined: ReturnType<typeof joinConversations>): readonly string[] =>
      joined.map(({ into, ids }) => [into, ...ids].toSorted().join('')).toSorted();
    fc.assert(
      fc.property(ties, (given) => {
        expect(sets(joinConversations(given.toReversed()))).toEqual(sets(joinConversations(given)));
      }),
    );
  });
});
