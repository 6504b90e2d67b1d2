import { choosePassword, signInUser } from '@holdfast/application';
import { DAY, NOT_ME_VALID_FOR } from '@holdfast/domain';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PHONE, verifyPhone } from './testing/give-info.ts';
import { createInfoWorld, type InfoWorld } from './testing/info-world.ts';

let info: InfoWorld;

beforeEach(async () => {
  info = await createInfoWorld();
});
afterEach(() => info.close());

const linkIn = (text: string | undefined): string => /\/not-me\/\S+/.exec(text ?? '')?.[0] ?? '';
const actions = async (): Promise<readonly string[]> =>
  info.ports.database.withinOrganisation(info.contoso.id, async ({ audit }) =>
    (await audit.recent(20)).map(({ action }) => action),
  );
const channels = () =>
  info.ports.database.withinOrganisation(info.contoso.id, ({ channels: of }) =>
    of.ofUser(info.adaId),
  );

describe('a channel that was just confirmed', () => {
  test('is told to the work mailbox, with a link that does nothing on looking', async () => {
    await verifyPhone(info);
    const notice = info.workMail().at(-1) ?? '';
    expect(notice).toContain('The mobile number ••89 was confirmed as alternate info.');
    const page = await info.read(linkIn(notice));
    expect(page).toContain('Was this you?');
    expect(page).toContain('••89');
    expect(page).not.toContain('23456789');
    expect((await channels())[0]?.channel.state).toBe('verified');
  });

  test('goes when its owner says that it was not them: sessions end, the link dies, a new one comes, administrators are told', async () => {
    await verifyPhone(info);
    const { token } = await signedIn();
    const path = linkIn(info.workMail().at(-1));
    const before = info.workMail().length;
    const response = await info.site.post(path, { word: ' no ' });
    expect(response.headers.get('location')).toBe(path);
    expect(await info.read(path)).toContain('The change was taken back');

    expect((await channels())[0]?.channel.state).toBe('removed');
    const session = await info.ports.database.acrossOrganisations((system) =>
      system.portalSession(info.ports.secrets.hashToken(token), info.ports.clock.now()),
    );
    expect(session).toBeNull();
    expect((await info.site.request(info.link)).status).toBe(404);

    await info.settle();
    const fresh = info.workMail().slice(before).join('\n');
    expect(fresh).toMatch(/\/info\/\S+/);
    expect(info.emails.at(-1)?.to).toBe('owner@contoso.example');
    expect(info.emails.at(-1)?.text).toContain('that this was somebody else');
    expect(await actions()).toEqual(
      expect.arrayContaining(['account.change-disputed', 'account.dispute-told']),
    );
  });

  test('stays when a program posts nothing, junk or the wrong word', async () => {
    await verifyPhone(info);
    const path = linkIn(info.workMail().at(-1));
    for (const word of [undefined, '', 'test', 'yes', 'NO NO', 'x'.repeat(2000)]) {
      const response = await info.site.post(path, word === undefined ? {} : { word });
      expect([400, 422]).toContain(response.status);
    }
    expect((await channels())[0]?.channel.state).toBe('verified');
    expect(await actions()).not.toContain('account.change-disputed');
  });

  test('cannot be disputed with a link that is over, and any other link is answered alike', async () => {
    await verifyPhone(info);
    const path = linkIn(info.workMail().at(-1));
    info.world.advance(NOT_ME_VALID_FOR + DAY);
    const over = await info.site.post(path, { word: 'NO' });
    const unknown = await info.site.post(`/not-me/${'x'.repeat(43)}`, { word: 'NO' });
    expect([over.status, unknown.status]).toEqual([404, 404]);
    expect(await over.text()).toBe(await unknown.text());
    expect((await channels())[0]?.channel.state).toBe('verified');
  });

  test('said twice is done once', async () => {
    await verifyPhone(info);
    const path = linkIn(info.workMail().at(-1));
    await info.site.post(path, { word: 'NO' });
    await info.site.post(path, { word: 'NO' });
    expect((await actions()).filter((action) => action === 'account.change-disputed')).toHaveLength(
      1,
    );
  });
});

test('a password that was chosen is told to the telephone as well, and gone after "not me"', async () => {
  await verifyPhone(info);
  await signedIn();
  await info.settle();
  const text = info.texts.at(-1)?.text ?? '';
  expect(info.texts.at(-1)?.to).toBe(PHONE);
  expect(text).toContain('A password for the emergency mailbox was chosen.');
  await info.site.post(linkIn(text), { word: 'NO' });
  await expect(signIn()).rejects.toMatchObject({ code: 'session.wrong-credentials' });
  expect((await channels())[0]?.channel.state).toBe('given');
});

const PASSWORD = 'a sentence that Ada has chosen';
const signIn = () =>
  signInUser(info.ports, {
    login: 'ada@contoso.example',
    password: PASSWORD,
    ip: '192.0.2.9',
    userAgent: null,
  });

async function signedIn(): Promise<{ readonly token: string }> {
  await choosePassword(
    info.ports,
    {
      kind: 'user',
      organisationId: info.contoso.id,
      userId: info.adaId,
      sessionId: info.ports.identifiers.uuid(),
      ip: null,
    },
    { password: PASSWORD },
  );
  return signIn();
}
