import { describe, expect, test } from 'vitest';
import { renderCodeForm, type CodeFormModel } from './code-form.ts';
import { renderDone, type DoneModel } from './done.ts';
import { renderInfoForm, type InfoFormModel } from './info-form.ts';
import { renderLinkInvalid } from './link-invalid.ts';

const owner = { organisation: 'Contoso', maskedAddress: 'm••••@contoso.example' };
const form: InfoFormModel = {
  ...owner,
  action: '/info/token',
  values: { email: '', phone: '', country: 'DE', preferred: 'sms', language: 'en' },
  errors: {},
  countries: [
    { code: 'AT', name: 'Austria', dialCode: '43' },
    { code: 'DE', name: 'Germany', dialCode: '49' },
  ],
  languages: [
    { value: 'en', label: 'English' },
    { value: 'de', label: 'Deutsch' },
  ],
  helpdesk: '+49 30 5550 100',
  emailNote: 'none',
  phoneNote: 'none',
};
const codes: CodeFormModel = {
  ...owner,
  action: '/info/token/codes',
  resendAction: '/info/token/resend',
  changeHref: '/info/token',
  channels: [
    { kind: 'sms', masked: '+49 ••89', status: 'waiting', error: null, note: 'none' },
    { kind: 'email', masked: 'm••@posteo.example', status: 'verified', error: null, note: 'none' },
  ],
  notice: null,
  problem: null,
};
const done: DoneModel = {
  ...owner,
  channels: [
    { kind: 'sms', masked: '+49 ••89', status: 'verified', preferred: true, note: 'none' },
  ],
  portalHost: 'mail.example',
  helpdesk: null,
  changeHref: '/info/token',
  codeHref: '/info/token/codes',
  removeAction: '/info/token/remove',
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

  test('says that an address hosted by Microsoft is weak and that a landline gets no text', () => {
    const page = renderInfoForm({ ...form, emailNote: 'weak', phoneNote: 'landline' });
    expect(page).toContain('Hosted by Microsoft');
    expect(page).toContain('landline');
  });

  test('names the helpdesk as an alternative, and no helpdesk when there is none', () => {
    expect(renderInfoForm(form)).toContain('+49 30 5550 100');
    expect(renderInfoForm({ ...form, helpdesk: null })).not.toContain('helpdesk');
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
  test('asks only for the channels that still wait', () => {
    const page = renderCodeForm(codes);
    expect(page).toContain('name="code-sms"');
    expect(page).toContain('autocomplete="one-time-code"');
    expect(page).not.toContain('name="code-email"');
    expect(page).toContain('Verified');
  });

  test('Enter confirms: another code is asked for through another form', () => {
    expect(renderCodeForm(codes)).toMatch(
      /<button class="link" type="submit" form="resend" name="channel" value="sms">/,
    );
  });
});

describe('the last page', () => {
  test('shows masked values with a way to remove each', () => {
    const page = renderDone(done);
    expect(page).toContain('+49 ••89');
    expect(page).toMatch(/form="remove" name="channel" value="sms"/);
    expect(page).toContain('mail.example');
  });

  test('says so when nothing is stored any more', () => {
    expect(renderDone({ ...done, channels: [] })).toContain('Nothing is stored');
  });

  test('does not claim readiness before a code was entered', () => {
    const page = renderDone({
      ...done,
      channels: [{ kind: 'sms', masked: '••', status: 'waiting', preferred: true, note: 'none' }],
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
    renderLinkInvalid({ of: 'info', helpdesk: null }),
  ]) {
    expect(page).not.toMatch(/<script|\son\w+=|http-equiv|autofocus/i);
    expect(page.startsWith('<!doctype html>')).toBe(true);
  }
});
