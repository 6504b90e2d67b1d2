import { describe, expect, test } from 'vitest';
import { helpdeskLine, helpdeskShort, readHelpdesk, type TypedHelpdesk } from './helpdesk.ts';

const typed: TypedHelpdesk = {
  name: ' IT  helpdesk ',
  phone: '+49 30 5550 100',
  e164: '+49305550100',
  email: 'Help@Support.example',
  url: 'https://help.example/status',
  hours: 'Mon–Fri 8–18',
};
const OWN = ['contoso.example'];

function faultsOf(change: Partial<TypedHelpdesk>) {
  const reading = readHelpdesk({ ...typed, ...change }, OWN);
  return reading.ok ? {} : reading.faults;
}

describe('the helpdesk of an organisation', () => {
  test('is kept as people are shown it', () => {
    const reading = readHelpdesk(typed, OWN);
    expect(reading).toEqual({
      ok: true,
      contact: {
        name: 'IT helpdesk',
        phone: { shown: '+49 30 5550 100', e164: '+49305550100' },
        email: 'help@support.example',
        url: 'https://help.example/status',
        hours: 'Mon–Fri 8–18',
      },
    });
    if (!reading.ok) return;
    expect(helpdeskLine(reading.contact)).toBe(
      'IT helpdesk, +49 30 5550 100, help@support.example, https://help.example/status (Mon–Fri 8–18)',
    );
    expect(helpdeskShort(reading.contact)).toBe('IT helpdesk: +49 30 5550 100');
  });

  test('needs a name and one way to reach it', () => {
    expect(faultsOf({ name: ' ' })).toEqual({ name: 'missing' });
    expect(faultsOf({ phone: '', e164: null, email: '', url: '' })).toEqual({
      phone: 'unreachable',
    });
    expect(faultsOf({ email: '', url: '', hours: '' })).toEqual({});
  });

  test.each([
    ['helpdesk@contoso.example'],
    ['helpdesk@it.contoso.example'],
    ['helpdesk@contoso.onmicrosoft.com'],
  ])('%s would be down together with Office 365', (email) => {
    expect(faultsOf({ email })).toEqual({ email: 'in-the-tenant' });
  });

  test.each([
    ['https://contoso.sharepoint.com/it', 'in-the-tenant'],
    ['https://teams.microsoft.com/l/team', 'in-the-tenant'],
    ['http://help.example', 'not-https'],
    ['javascript:alert(1)', 'not-https'],
    ['https://user:word@help.example', 'not-https'],
    ['help', 'not-https'],
  ])('a page %s is refused', (url, fault) => {
    expect(faultsOf({ url })).toEqual({ url: fault });
  });

  test('says what cannot be read, and what is too long', () => {
    expect(faultsOf({ phone: '123', e164: null })).toEqual({ phone: 'not-a-number' });
    expect(faultsOf({ email: 'nobody' })).toEqual({ email: 'not-an-address' });
    expect(faultsOf({ name: 'x'.repeat(61), hours: 'x'.repeat(121) })).toEqual({
      name: 'too-long',
      hours: 'too-long',
    });
  });

  test('no line ends and control characters get into pages and messages', () => {
    const reading = readHelpdesk({ ...typed, name: 'IT\r\nBcc: x\u0000', hours: 'a\nb' }, OWN);
    expect(reading.ok && reading.contact).toMatchObject({ name: 'IT Bcc: x', hours: 'a b' });
  });
});
