import { describe, expect, test } from 'vitest';
import { renderCodeForm, type CodeFormModel } from './code-form.ts';
import { renderDone, type DoneModel } from './done.ts';
import { renderInfoForm, type InfoFormModel } from './info-form.ts';
import { renderLinkInvalid } from './link-invalid.ts';

const owner = {
  language: 'en' as const,
  address: '/info/token',
  organisation: 'Contoso',
  maskedAddress: 'm••••@contoso.example',
  helpdesk: {
    name: 'IT helpdesk',
    phone: { shown: '+49 30 5550 100', e164: '+49305550100' },
    email: null,
    url: null,
    hours: 'Mon–Fri 8–18',
  },
};
const nobody = { language: 'en', address: '', helpdesk: null } as const;
const form: InfoFormModel = {
  ...owner,
  action: '/info/token',
  values: { email: '', phone: '', country: 'DE', preferred: 'sms', language: 'en' },
  errors: {},
  countries: [
    { code: 'AT', name: 'Austria', dialCode: '43' },
    { code: 'DE', name: 'Germany', dialCode: '49' },
  ],
  calls: false,
  suggestion: null,
};
const codes: CodeFormModel = {
  ...owner,
  action: '/info/token/codes',
  resendAction: '/info/token/resend',
  changeHref: '/info/token',
  channels: [
    {
      kind: 'sms',
      spoken: false,
      masked: '+49 ••89',
      status: 'waiting',
      isNew: false,
      error: null,
      removeHref: '/info/token/remove/sms',
      mayCall: false,
      note: 'none',
    },
    {
      kind: 'email',
      spoken: false,
      masked: 'm••@posteo.example',
      status: 'verified',
      isNew: false,
      error: null,
      removeHref: null,
      mayCall: false,
      note: 'none',
    },
  ],
  notice: null,
  problem: null,
};
const done: DoneModel = {
  ...owner,
  channels: [
    {
      kind: 'sms',
      spoken: false,
      masked: '+49 ••89',
      status: 'verified',
      preferred: true,
      isNew: false,
      note: 'none',
    },
  ],
  portalHost: 'mail.example',
  changeHref: '/info/token',
  codeHref: '/info/token/codes',
  notice: null,
};

describe('the form', () => {
  test('keeps what was typed and puts the error beside its field', () => {
    const page = renderInfoForm({
      ...form,
      values: { ...form.values, email: 'megan@contoso.example', phone: '0151 1' },
      errors: { email: 'That is your work address.' },
    });
    expect(page).toContain('value="megan@contoso.example"');
    expect(page).toContain('value="0151 1"');
    expect(page).toMatch(/id="email-error".*That is your work address\./);
    expect(page).toMatch(/aria-describedby="email-error" aria-invalid="true"/);
  });

  test('selects the country, the language and the preferred channel that were given', () => {
    const page = renderInfoForm({
      ...form,
      values: { ...form.values, country: 'AT', preferred: 'email', language: 'de' },
    });
    expect(page).toMatch(/value="AT"\s+selected/);
    expect(page).not.toMatch(/value="DE"\s+selected/);
    expect(page).toMatch(/value="de"\s+selected/);
    expect(page).toMatch(/value="email"\s+checked/);
  });

  test('asks which address was meant, with neither chosen, and the one it was asked about', () => {
    const page = renderInfoForm({
      ...form,
      values: { ...form.values, email: 'ada@gamil.com' },
      errors: { email: 'Did you mean ada@gmail.com?' },
      suggestion: { typed: 'ada@gamil.com', suggested: 'ada@gmail.com' },
    });
    expect(page).toMatch(/name="email-choice" value="suggested" \/>/);
    expect(page).toMatch(/name="email-choice" value="typed" \/>/);
    expect(page).toContain('name="email-asked" value="ada@gamil.com"');
  });

  test('says that it is voluntary, what else there is, and how to stop it', () => {
    const page = renderInfoForm(form);
    for (const words of ['voluntary', 'STOP', 'passkey', 'printed codes', 'helpdesk'])
      expect(page).toContain(words);
  });

  test('names the helpdesk and how it is reached by a touch, where that is known', () => {
    const page = renderInfoForm(form);
    expect(page).toContain('<b>IT helpdesk</b> · Mon–Fri 8–18');
    expect(page).toContain('<a href="tel:+49305550100">+49 30 5550 100</a>');
  });

  test('names nobody where that is not known', () => {
    const page = renderInfoForm({ ...form, helpdesk: null });
    expect(page).not.toMatch(/helpdesk|administrator can/);
    expect(page).toContain('whoever looks after email at Contoso');
  });

  test('nothing that a person typed can become markup', () => {
    const hostile = '"><script>alert(1)</script>';
    const page = renderInfoForm({
      ...form,
      organisation: hostile,
      maskedAddress: hostile,
      values: { ...form.values, email: hostile, phone: hostile },
      errors: { phone: hostile },
    });
    expect(page).not.toContain('<script');
  });
});

describe('the code page', () => {
  test('asks whether a value from long ago is still right, and has no code field before', () => {
    const [first] = codes.channels;
    if (first === undefined) throw new Error('no channel');
    const page = renderCodeForm({ ...codes, channels: [{ ...first, status: 'ask' }] });
    expect(page).toContain('Does this still reach you?');
    expect(page).toContain('Text me a code');
    expect(page).not.toContain('name="code-sms"');
  });

  test('asks only for the channels that still wait', () => {
    const page = renderCodeForm(codes);
    expect(page).toContain('name="code-sms"');
    expect(page).toContain('autocomplete="one-time-code"');
    expect(page).not.toContain('name="code-email"');
    expect(page).toContain('Verified');
  });

  test('offers a call in place of a text message where calls can be made', () => {
    const [first] = codes.channels;
    if (first === undefined) throw new Error('no channel');
    const page = renderCodeForm({ ...codes, channels: [{ ...first, mayCall: true }] });
    expect(page).toContain('Nothing comes? Call me instead');
    expect(renderCodeForm(codes)).not.toContain('Call me');
    const landline = { ...first, spoken: true };
    expect(renderCodeForm({ ...codes, channels: [landline] })).toContain('Call me again');
  });

  test('Enter confirms: another code is asked for through another form', () => {
    expect(renderCodeForm(codes)).toMatch(
      /<button class="link" type="submit" form="resend" name="channel" value="sms">/,
    );
  });
});

describe('the last page', () => {
  test('shows masked values, and posts nothing', () => {
    const page = renderDone(done);
    expect(page).toContain('+49 ••89');
    expect(page).not.toContain('<form');
    expect(page).toContain('mail.example');
  });

  test('tells what happens on the day to whoever it will happen to, and to a landline what it will hear', () => {
    const [first] = done.channels;
    if (first === undefined) throw new Error('no channel');
    const pageOf = (change: Partial<typeof first>) =>
      renderDone({ ...done, channels: [{ ...first, ...change }] });
    expect(pageOf({})).toContain('a login and a temporary password');
    expect(pageOf({ spoken: true })).toContain('we call you, and say so');
    for (const status of ['waiting', 'opted-out'] as const)
      expect(pageOf({ status })).not.toContain('What happens on the day');
  });

  test('says so when nothing is stored any more', () => {
    expect(renderDone({ ...done, channels: [] })).toContain('Nothing is stored');
  });

  test('does not claim readiness before a code was entered', () => {
    const page = renderDone({
      ...done,
      channels: [
        {
          kind: 'sms',
          spoken: false,
          masked: '••',
          status: 'waiting',
          preferred: true,
          isNew: false,
          note: 'none',
        },
      ],
    });
    expect(page).toContain('Almost there');
    expect(page).toContain('/info/token/codes');
  });
});

test('no page has a script, an event attribute, or anything that submits itself', () => {
  for (const page of [
    renderInfoForm(form),
    renderCodeForm(codes),
    renderDone(done),
    renderLinkInvalid({ ...nobody, of: 'info' }),
  ]) {
    expect(page).not.toMatch(/<script|\son\w+=|http-equiv|autofocus/i);
    expect(page.startsWith('<!doctype html>')).toBe(true);
  }
});

test('every page is in the language of its reader, and leads to the others by a plain link', () => {
  const german = { language: 'de' } as const;
  const pages = [
    renderInfoForm({ ...form, ...german }),
    renderCodeForm({ ...codes, ...german }),
    renderDone({ ...done, ...german }),
    renderLinkInvalid({ ...nobody, ...german, of: 'info' }),
  ];
  for (const page of pages) {
    expect(page).toContain('<html lang="de">');
    expect(page).toMatch(/<a href="[^"]*\?language=en" lang="en" hreflang="en"\s*>English<\/a/);
    expect(page).not.toMatch(/\b(the|your|please|code from)\b/i);
  }
});
