import { LANGUAGES, type Language } from '@holdfast/domain';
import { describe, expect, it } from 'vitest';
import { createNoticeTemplates } from './notice-templates.ts';
import { LONGEST_SMS, gsmLength } from './render.ts';

const templates = createNoticeTemplates('en');
const login = {
  organisation: 'Contoso',
  login: 'megan.bowen@contoso.example',
  temporaryPassword: 'kelp-raft-7Q2M-xw4d',
  url: 'https://mail.holdfast.example/',
  validHours: 72,
  helpdesk: null,
};
const helpdesk = {
  name: 'IT helpdesk',
  phone: { shown: '+49 30 5550 100', e164: '+49305550100' },
  email: null,
  url: null,
  hours: 'Mon–Fri 8–18',
};

const everything = (
  values: { organisation: string; name: string; login: string; url: string },
  language: Language = 'en',
) => {
  const templates = createNoticeTemplates(language);
  const address = values.login;
  const started = templates.eventStarted({ ...login, ...values });
  const unverified = templates.eventStartedUnverified({ ...values, helpdesk });
  const code = templates.verificationCode({
    ...values,
    code: '123456',
    validMinutes: 15,
    login: null,
  });
  const ofTwo = templates.verificationCode({ ...values, code: '123456', validMinutes: 15 });
  const proof = templates.proofCode({ ...values, code: '123456', validMinutes: 15 });
  const changed = templates.accountChanged({
    ...values,
    what: 'The mobile number ••89 was confirmed as alternate info.',
    at: '2026-12-07T09:30:00.000Z',
    url: `https://mail.holdfast.example/not-me/${'x'.repeat(43)}`,
  });
  const inError = templates.eventStartedInError(values);
  const wayIn = templates.wayIn({ ...values, login: null, code: '12345678', validMinutes: 15 });
  const shared = templates.wayIn({ ...values, code: '12345678', validMinutes: 15 });
  const drills = [
    templates.drillStarted({ ...login, ...values }),
    templates.drillStartedUnverified({ ...values, helpdesk }),
    templates.drillEnded({ ...values, forEvent: false }),
    templates.drillEnded({ ...values, forEvent: true }),
  ];
  const ended = templates.eventEnded({ ...values, readOnlyUntil: '2026-12-07' });
  return {
    drills,
    sms: [started, unverified, code, ofTwo, proof, changed, wayIn, shared, inError, ended]
      .concat(drills)
      .map(({ sms }) => sms),
    emails: [
      templates.enabledNotice({ ...values, address }),
      ...(['first', 'reminder', 'confirm-again'] as const).map((reason) =>
        templates.alternateInfoRequest({ ...values, address, validDays: 14, reason }),
      ),
      templates.changeDisputed({
        ...values,
        address,
        what: 'The mobile number ••89 was confirmed as alternate info.',
        at: '2026-12-07T09:30:00.000Z',
      }),
      templates.domainAlert({
        organisation: values.organisation,
        domain: 'contoso.example',
        title: `MX of ${values.name} no longer points here`,
        consequence: 'Mail passes us by.',
        mend: 'Ask who changed the record.',
        seen: '10 mx.elsewhere.example',
        since: '2026-12-07T09:30:00.000Z',
        url: values.url,
      }),
      templates.administratorInvitation({
        ...values,
        by: values.name,
        role: 'helpdesk',
        validDays: 7,
      }),
      templates.administratorsChanged({
        ...values,
        kind: 'invited',
        email: values.login,
        role: 'auditor',
        by: values.name,
        at: '2026-12-07T09:30:00.000Z',
      }),
      templates.helpdeskCodeMade({
        ...values,
        address,
        by: values.name,
        at: '2026-12-07T09:30:00.000Z',
      }),
      ...[started, unverified, code, ofTwo, proof, changed, wayIn, shared, inError, ended].map(
        ({ email }) => email,
      ),
      ...drills.map(({ email }) => email),
    ],
  };
};
const usual = { organisation: 'Contoso', name: 'Megan', login: login.login, url: login.url };

describe('the start of an event', () => {
  it('fits an SMS, with all that is needed to sign in', () => {
    expect(templates.eventStarted(login).sms).toBe(
      'Contoso: Office 365 has a problem. Your mail is here:\nhttps://mail.holdfast.example/\nLogin: megan.bowen@contoso.example\nPassword: kelp-raft-7Q2M-xw4d\nValid for 72 h.',
    );
  });

  it('never cuts login, password or address, however long the names are', () => {
    const long = {
      ...login,
      organisation: 'Ünïversität '.repeat(30),
      login: `${'a'.repeat(120)}@contoso.example`,
      url: `https://${'b'.repeat(60)}.example/`,
    };
    const { sms } = templates.eventStarted(long);
    expect(gsmLength(sms)).toBeLessThanOrEqual(LONGEST_SMS);
    for (const part of [long.login, long.temporaryPassword, long.url]) expect(sms).toContain(part);
  });

  it('says whom to ask, where the organisation has said it', () => {
    const { sms } = templates.eventStarted({ ...login, helpdesk });
    expect(sms).toMatch(/Valid for 72 h\.\nHelp: IT helpdesk: \+49 30 5550 100$/);
  });

  it('leaves that out of a text message that has no room for it', () => {
    const name = 'Helpdesk of the whole Contoso group, all countries'.padEnd(60, '!');
    const tight = { ...login, login: `${'a'.repeat(110)}@contoso.example` };
    const { sms } = templates.eventStarted({ ...tight, helpdesk: { ...helpdesk, name } });
    expect(sms).not.toContain('Help:');
    expect(sms).toContain(login.temporaryPassword);
  });

  it('without credentials for a channel that was never verified', () => {
    const { sms, email } = templates.eventStartedUnverified({ ...usual, helpdesk: null });
    for (const text of [sms, email.text, email.html]) expect(text).not.toMatch(/password/i);
  });
});

describe('whom to ask', () => {
  const email = templates.enabledNotice({ ...usual, address: usual.login });

  it('stands at the end of an e-mail, above the line that stops them', () => {
    const text = templates.withStopLink(
      templates.withHelpdesk(email, helpdesk),
      'https://mail.holdfast.example/stop/x',
    ).text;
    const place = text.indexOf('IT helpdesk, +49 30 5550 100 (Mon–Fri 8–18)');
    expect(place).toBeGreaterThan(text.indexOf('You will be asked'));
    expect(place).toBeLessThan(text.indexOf('/stop/x'));
  });

  it('is nobody where nobody was named', () => {
    expect(templates.withHelpdesk(email, null)).toBe(email);
  });

  it('is text, whatever it is called', () => {
    const name = '<img src=x onerror=alert(1)>\r\nBcc: x@y.example';
    const { html, text } = templates.withHelpdesk(email, { ...helpdesk, name });
    expect(html).not.toContain('<img');
    expect(text).toContain('alert(1)> Bcc: x@y.example, +49');
  });
});

describe('every notice of a drill', () => {
  it.each([
    ['en', /^DRILL\b/],
    ['de', /^ÜBUNG\b/],
  ] as const)('has the word for it as its first, in %s', (language, word) => {
    for (const { sms, email } of everything(usual, language).drills)
      for (const text of [sms, email.subject, email.text]) expect(text).toMatch(word);
  });

  it('says so however long the names are', () => {
    const long = {
      ...login,
      organisation: 'Ünïversität '.repeat(30),
      login: `${'a'.repeat(120)}@b.example`,
    };
    const { sms } = templates.drillStarted(long);
    expect(sms).toMatch(/^DRILL\b/);
    expect(gsmLength(sms)).toBeLessThanOrEqual(LONGEST_SMS);
    for (const part of [long.login, long.temporaryPassword, long.url]) expect(sms).toContain(part);
  });
});

describe('a way in', () => {
  const input = {
    organisation: 'Contoso',
    code: '12345678',
    url: 'https://mail.holdfast.example/way-in#Zm9yIGEgdGVzdCBvbmx5IQ',
    validMinutes: 15,
  };

  it('ends with what phones fill in by themselves, on our host alone', () => {
    const { sms } = templates.wayIn({ ...input, login: null });
    expect(sms.split('\n').at(-1)).toBe('@mail.holdfast.example #12345678');
    expect(sms).toContain(input.url);
  });

  it('names the login on a shared number alone: elsewhere the message must not be enough', () => {
    const own = templates.wayIn({ ...input, login: null });
    expect(`${own.sms}${own.email.subject}${own.email.text}`).not.toContain('contoso.example');
    const shared = templates.wayIn({ ...input, login: login.login });
    expect(shared.sms).toContain(login.login);
    expect(shared.sms).not.toContain(input.url);
  });
});

/** 3GPP TS 23.038 without what takes two places; one letter beside it makes a whole message UCS-2, of 70 letters a part. */
const GSM = /^[A-Za-z0-9 \n@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!"#¤%&'()*+,\-./:;<=>?¡ÄÖÑÜ§¿äöñüà]*$/u;

describe.each(LANGUAGES)('every notice in the language %s', (language) => {
  const { sms, emails } = everything(usual, language);

  it('keeps an SMS to letters that do not halve it', () => {
    expect(sms.filter((text) => !GSM.test(text))).toEqual([]);
  });

  it('says which language it is in', () => {
    expect(emails.filter(({ html }) => !html.includes(`<html lang="${language}">`))).toEqual([]);
  });

  it.each(sms)('SMS fits in two parts and is filled in: %s', (text) => {
    expect(gsmLength(text)).toBeLessThanOrEqual(LONGEST_SMS);
    expect(text).not.toMatch(/[{}!]|undefined/);
  });

  it.each(emails)('e-mail is filled in and calm: $subject', ({ subject, text, html }) => {
    expect(`${subject}${text}`).not.toMatch(/[{}!]|undefined/);
    expect(html).not.toMatch(/[{}]|undefined/);
    expect(html).toContain('color-scheme');
  });

  it('keeps to GSM letters whatever the organisation is called', () => {
    for (const organisation of ['Žluťoučký kůň', '株式会社', '🚀 Rocket', 'A'.repeat(500)]) {
      for (const text of everything({ ...usual, organisation }, language).sms) {
        expect(gsmLength(text)).toBeLessThanOrEqual(LONGEST_SMS);
        expect(text).not.toMatch(/[^\u0000-\u00ff]/);
      }
    }
  });
});

describe('every notice', () => {
  it('escapes what is inserted', () => {
    const nasty = '<img src=x onerror="a()">\r\nBcc: b@c {login}';
    for (const { subject, html } of everything({
      organisation: nasty,
      name: nasty,
      login: nasty,
      url: `https://x.example/"><b>`,
    }).emails) {
      expect(html).not.toMatch(/<img|<b>/);
      expect(subject).not.toMatch(/[\r\n]/);
    }
  });

  it('links to http addresses only', () => {
    const { html } = templates.alternateInfoRequest({
      ...usual,
      address: 'a@b.example',
      validDays: 1,
      reason: 'first',
      url: 'javascript:alert(1)',
    });
    expect(html).not.toContain('href');
  });

  it('to administrators says since when, and is not repeated', () => {
    const { text } = templates.domainAlert({
      organisation: 'Contoso',
      domain: 'contoso.example',
      title: 'MX of contoso.example no longer points here',
      consequence: 'Mail passes us by.',
      mend: 'Ask who changed the record.',
      seen: '10 mx.elsewhere.example',
      since: '2026-12-07T09:30:00.000Z',
      url: 'https://admin.holdfast.example/domains',
    });
    expect(text).toContain('Seen in DNS since 7 December 2026, 09:30 UTC: 10 mx.elsewhere.example');
    expect(text).toContain('https://admin.holdfast.example/domains');
  });

  it('says days as people do', () => {
    expect(templates.eventEnded({ ...usual, readOnlyUntil: '2026-12-07' }).sms).toContain(
      'until 7 December 2026',
    );
  });
});
