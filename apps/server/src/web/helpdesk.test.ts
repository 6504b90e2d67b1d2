import { createPortalRouter } from '@holdfast/api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { refusalFrom } from '../use-cases/testing/refusal.ts';
import { createInfoWorld, type InfoWorld } from './testing/info-world.ts';

const TYPED = {
  name: 'IT helpdesk',
  phone: '+49 30 5550 100',
  email: 'help@support.example',
  url: '',
  hours: 'Mon–Fri 8–18',
};

let info: InfoWorld;
beforeEach(async () => {
  info = await createInfoWorld();
});
afterEach(() => info.close());

const say = (change: Partial<typeof TYPED> = {}) =>
  info.contoso.console.settings.saveHelpdesk({ helpdesk: { ...TYPED, ...change } });

const stateOfNobody = () =>
  createPortalRouter()
    .createCaller({
      ports: info.ports,
      actor: null,
      mustChoosePassword: false,
      ip: '192.0.2.1',
      userAgent: null,
      language: 'en',
      setLanguage: () => undefined,
      startSession: () => undefined,
      endSession: () => undefined,
      sessionToken: null,
    })
    .session.state();

describe('whom users ask', () => {
  test('is named on the form, on a link that is wrong, and at the sign-in', async () => {
    expect(await info.read(info.link)).not.toContain('helpdesk');
    await say();
    const wrong = await info.site.request('/info/made-up');
    for (const page of [await info.read(info.link), await wrong.text()])
      expect(page).toContain('<a href="tel:+49305550100">+49 30 5550 100</a>');
    expect((await stateOfNobody()).helpdeskContact?.name).toBe('IT helpdesk');
  });

  test('is in what goes to the work mailbox from then on', async () => {
    await say();
    await info.contoso.console.users.requestInfo({ kind: 'users', userIds: [info.adaId] });
    await info.settle();
    const line = 'IT helpdesk, +49 30 5550 100, help@support.example (Mon–Fri 8–18)';
    expect(info.workMail().at(-1)).toContain(line);
    expect(info.workMail()[0]).not.toContain('helpdesk');
  });

  test('is nobody at the sign-in of an installation that several organisations share', async () => {
    await say();
    await info.world.organisation('Fabrikam');
    expect((await stateOfNobody()).helpdeskContact).toBeNull();
    expect(await (await info.site.request('/info/made-up')).text()).not.toContain('IT helpdesk');
    expect(await info.read(info.link)).toContain('IT helpdesk');
  });

  test('must be reachable while Office 365 is down', async () => {
    const refusal = await refusalFrom(say({ email: 'it@contoso.example', phone: '030 5550100' }));
    expect(refusal.code).toBe('input.invalid');
    expect(refusal.fields['email']).toContain('your own Office 365');
    expect(refusal.fields['phone']).toContain('Begin with + and the country');
    expect(await info.contoso.console.settings.helpdesk()).toBeNull();
  });

  test('can be taken back, and both are in the audit log', async () => {
    await say();
    await info.contoso.console.settings.saveHelpdesk({ helpdesk: null });
    expect(await info.read(info.link)).not.toContain('IT helpdesk');
    const entries = await info.ports.database.withinOrganisation(info.contoso.id, ({ audit }) =>
      audit.recent(2),
    );
    expect(entries.map(({ action }) => action)).toEqual(
      Array.from({ length: 2 }, () => 'organisation.helpdesk-saved'),
    );
  });
});
