import { describe, expect, test } from 'vitest';
import { fromMailLink } from './mail-link.ts';

const of = (href: string) => {
  const { to, cc, bcc, subject, text } = fromMailLink(href);
  const plain = (parties: readonly { readonly address: string }[]) =>
    parties.map(({ address }) => address);
  return { to: plain(to), cc: plain(cc), bcc: plain(bcc), subject, text };
};
const NOTHING = { to: [], cc: [], bcc: [], subject: '', text: '' };

describe('a link to an address', () => {
  test('names recipients, and what else is to be written', () => {
    expect(of('mailto:chris@example.com')).toEqual({ ...NOTHING, to: ['chris@example.com'] });
    expect(
      of(
        'MAILTO:a@example.com,b%2Bc@example.com?To=d@example.com&cc=e@example.com&subject=Gate%204%20&body=One%0D%0Atwo+two',
      ),
    ).toEqual({
      to: ['a@example.com', 'b+c@example.com', 'd@example.com'],
      cc: ['e@example.com'],
      bcc: [],
      subject: 'Gate 4 ',
      text: 'One\ntwo+two',
    });
  });

  test('sends nothing to anybody in secret, and attaches nothing', () => {
    expect(of('mailto:a@example.com?bcc=spy@hostile.example&attach=/etc/passwd')).toEqual({
      ...NOTHING,
      to: ['a@example.com'],
    });
  });

  test('that is broken leaves out what cannot be read', () => {
    expect(of('mailto:')).toEqual(NOTHING);
    expect(of('mailto:nobody,%zz@example.com,a%0D%0Ab@example.com?&=&subject')).toEqual({
      ...NOTHING,
      to: ['%zz@example.com'],
    });
    expect(of(`mailto:a@example.com?subject=a%0D%0ABcc:%20spy@hostile.example`).subject).toBe(
      'a Bcc: spy@hostile.example',
    );
    expect(of(`mailto:?subject=${'x'.repeat(2000)}`).subject).toHaveLength(998);
  });
});
